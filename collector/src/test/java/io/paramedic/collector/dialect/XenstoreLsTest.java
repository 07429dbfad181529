package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XenstoreLsTest {
    @Test
    void readsTheWholeStore() {
        XenstoreTree tree = tree(Corpus.out("lab/main/xenstore-ls-root"));
        assertThat(tree.get("/local/domain/1/name")).isEqualTo("g-healthy");
        assertThat(tree.exists("/local/domain/13")).isFalse();
        assertThat(tree.get("/local/domain/13")).isNull();
        assertThat(tree.get("/local/domain/1/control/shutdown")).isEmpty();
        assertThat(tree.children("/local/domain/12/cpu")).containsExactly("0", "1");
        assertThat(tree.children("/local/domain")).hasSize(13);
        assertThat(tree.children("/")).contains("libxl", "local", "vm");
        assertThat(tree.children("/local/domain/1/name")).isEmpty();
    }

    @Test
    void childrenAreThoseOfTheNodeAndNotOfItsNeighbours() {
        XenstoreTree tree = tree("/a = \"\"\n/a/b = \"\"\n/a/b/c = \"\"\n/a-b = \"\"\n/a0 = \"\"\n");
        assertThat(tree.children("/a")).containsExactly("b");
        assertThat(tree.children("/")).containsExactly("a", "a-b", "a0");
    }

    @Test
    void escapesAreTakenAway() {
        XenstoreTree tree = tree("/x = \"say \"hi\" = \\n\\t\\\\ \\000\\x1b \\xc3\\xa9\"\n");
        assertThat(tree.get("/x")).isEqualTo("say \"hi\" = \n\t\\ \0\u001b \u00e9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a = \"1",
                "/a = \"1\"",
                "/a = 1\n",
                "/a = \"\n",
                "a = \"1\"\n",
                "/a b = \"1\"\n",
                "/a//b = \"1\"\n",
                "/a = \"\\q\"\n",
                "/a = \"\\x\"\n",
                "/a = \"\\x41\"\n",
                "/a = \"\\xZZ\"\n",
                "/a = \"\\xC3\"\n",
                "/a = \"\\018\"\n",
                "/a = \"\\\"\n",
                "/a = \"\u00e9\"\n",
                "/a = \"1\"\n/a = \"1\"\n",
                "/a = \"1\"\n/b/c = \"1\"\n",
                "/a = \"1\"\n/a/b/c = \"1\"\n",
                "/a = \"1\"\n\n/b = \"1\"\n",
                "xenstore-ls: xs_directory (/): Connection refused\n"
            })
    void whatItDoesNotPrintIsUnreadable(String text) {
        assertThat(XenstoreLs.parse(text)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aNodeThatWentAwayWhileItWasListedIsLeftOut() {
        assertThat(tree("/a = \"1\"\n/a/b:\n\n/a/c: (No such file or directory)\n/a/d = \"2\"\n")
                        .values())
                .containsOnlyKeys("/a", "/a/d");
    }

    @Test
    void readsExactlyTheValuesThatWereAskedFor() {
        assertThat(XenstoreLs.values("x\\ny\n\n", 2)).isEqualTo(Reading.of(List.of("x\ny", "")));
        assertThat(XenstoreLs.values("x\n", 2)).isInstanceOf(Reading.Unreadable.class);
        assertThat(XenstoreLs.values("x\ny\nz\n", 2)).isInstanceOf(Reading.Unreadable.class);
        assertThat(XenstoreLs.values("x", 1)).isInstanceOf(Reading.Unreadable.class);
    }

    private static XenstoreTree tree(String text) {
        return switch (XenstoreLs.parse(text)) {
            case Reading.Read<XenstoreTree>(XenstoreTree tree) -> tree;
            case Reading.Unreadable<XenstoreTree>(Unparseable why) -> throw new AssertionError(why.toString());
        };
    }
}
