package org.partiflow.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.partiflow.partitioning.metis.CsrGraph;
import org.partiflow.partitioning.metis.MetisFormatException;
import org.partiflow.partitioning.metis.MetisGraphReader;

/** Formats, domains and errors of METIS files. */
class MetisGraphReaderTest {
    @Test
    void readsAllFormats() throws IOException {
        assertThat(read("3 2\n2\n1 3\n2\n").edgeWeight(1, 2)).isEqualTo(1);
        assertThat(read("% c\n3 2 1\n2 5\n1 5 3 7\n2 7\n").edgeWeight(2, 1)).isEqualTo(7);
        assertThat(read("3 2 10\n9 2\n8 1 3\n7 2\n\n").vertexWeight(0)).isEqualTo(9);
        CsrGraph full = read("3 2 011\n9 2 5\n% inside\n8 1 5 3 7\n7 2 7");
        assertThat(full.vertexWeight(2)).isEqualTo(7);
        assertThat(full.edgeWeight(0, 1)).isEqualTo(5);
        assertThat(full.edgeWeight(0, 2)).isZero();
        assertThat(read("2 1 100\n4 2\n4 1\n").vertexWeight(0)).isEqualTo(1);
        assertThat(read("2 1 111 1\n4 3 2 6\n4 3 1 6\n").totalWeight()).isEqualTo(6);
        assertThat(read("2 0\n\n\n").edges()).isZero();
    }

    @Test
    void findsInterchangeableVertices() throws IOException {
        CsrGraph twoNodes = read("4 6 1\n2 9 3 1 4 1\n1 9 3 1 4 1\n1 1 2 1 4 8\n1 1 2 1 3 8\n");
        assertThat(twoNodes.domains()).isEqualTo(2);
        assertThat(twoNodes.domainOf(0)).isEqualTo(twoNodes.domainOf(1));
        assertThat(twoNodes.domainOf(2)).isEqualTo(twoNodes.domainOf(3));
        CsrGraph star = read("4 3\n2 3 4\n1\n1\n1\n");
        assertThat(star.domains()).isEqualTo(2);
        assertThat(read("3 2\n2\n1 3\n2\n").domains()).isEqualTo(2);
        assertThat(read("2 1 10\n1 2\n2 1\n").domains()).isEqualTo(2);
    }

    @Test
    void namesFileAndLineOfWhatIsWrong() {
        refuses("", "g:1: number of vertices expected, found the end");
        refuses("3 2\n2\n1 3\n", "g:4: the file ends at vertex 3 of 3");
        refuses("3 2\n2\n1 x\n2\n", "g:3: neighbour expected, found 'x'");
        refuses("3 2\n2\n1 4\n2\n", "g:3: neighbour 4 is not in [1, 3]");
        refuses("3 2\n2\n1 2\n2\n", "g:3: vertex 2 is linked to itself");
        refuses("3 2\n2\n1 3\n1\n", "missing at its other end");
        refuses("3 2 1\n2 5\n1 6 3 7\n2 7\n", "weighs something else");
        refuses("3 2 1\n2\n1\n3\n", "g:2: edge weight expected, found the end of the line");
        refuses("3 2 10\n0 2\n1 1 3\n1 2\n", "g:2: vertex weight 0 is not in");
        refuses("3 1\n2\n1 3\n2\n", "more edges than the 1");
        refuses("3 3\n2\n1 3\n2\n", "header declares 3 edges");
        refuses("2 2\n2 2\n1 1\n", "named twice");
        refuses("2 1 12\n2\n1\n", "digits 0 and 1 only");
        refuses("2 1 11 2\n2\n1\n", "number of constraints 2 is not in");
        refuses("2 1\n2\n1\nmore\n", "text after the last");
        refuses("2 1\n2-\n1\n", "found '-'");
    }

    @Test
    void aHeaderAloneTakesNoMemory() throws IOException {
        refuses("2000000000 1000000000\n2\n", "g:3: the file ends at vertex 2 of 2000000000");
        StringBuilder path = new StringBuilder("5000 4999\n2\n");
        for (int v = 2; v < 5000; v++) {
            path.append(v - 1).append(' ').append(v + 1).append('\n');
        }
        CsrGraph grown = read(path + "4999\n");
        assertThat(grown.size()).isEqualTo(5000);
        assertThat(grown.edges()).isEqualTo(4999);
        assertThat(grown.edgeWeight(4998, 4999)).isEqualTo(1);
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MetisFormatException.class)
                .hasMessageContaining(message);
    }

    private static CsrGraph read(String text) throws IOException {
        return MetisGraphReader.read("g", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
