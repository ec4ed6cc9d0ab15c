package org.partiflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.partiflow.cli.text.TextTable;

class TextTableTest {
    @Test
    void alignsColumns() {
        TextTable table = new TextTable("<>", "NAME", "REQ/S").row("a", "12").row("longer", "3.4");
        assertThat(table).hasToString("NAME    REQ/S\na          12\nlonger    3.4\n");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> new TextTable("<", "A").row("b", "c")).isInstanceOf(IllegalArgumentException.class);
    }
}
