@echo off
rem Starts Partiflow; builds it on first use. After changing sources, delete cli\target\launcher.stamp.
setlocal
set "HOME_DIR=%~dp0"
if exist "%HOME_DIR%cli\target\launcher.stamp" goto run
echo Building Partiflow (first use, about a minute) ... 1>&2
if not exist "%HOME_DIR%target" mkdir "%HOME_DIR%target"
pushd "%HOME_DIR%"
call mvnw.cmd -B -ntp -Dfast -Dmaven.test.skip=true -pl cli -am package > "%HOME_DIR%target\launcher-build.log" 2>&1
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" (
    echo partiflow: the build failed; see %HOME_DIR%target\launcher-build.log 1>&2
    exit /b 2
)
type nul > "%HOME_DIR%cli\target\launcher.stamp"
:run
java -XX:+UseSerialGC -cp "%HOME_DIR%cli\target\classes;%HOME_DIR%cli\target\lib\*" org.partiflow.cli.PartiflowCommand %*
exit /b %ERRORLEVEL%
