package org.partiflow.cli;

/** What a command prints on standard output. */
enum OutputFormat {
    /** Tables for people. */
    TEXT,
    /** The file's content and nothing else. */
    JSON
}
