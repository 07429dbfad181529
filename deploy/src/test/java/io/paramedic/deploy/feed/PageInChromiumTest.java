package io.paramedic.deploy.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.analyzer.feed.FeedServer;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser; its pictures are in the build folder. */
@Tag("browser")
class PageInChromiumTest {
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private LogUnderTest log;
    private FeedServer server;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        log = LogUnderTest.in(home.resolve("log"));
        server = new FeedServer(log.log(), FeedSettings.DEFAULT, "test");
        server.start();
        TestHttp.awaitReady(server);
        browser = new Browser(home.resolve("profile"));
    }

    @AfterEach
    void stop() {
        browser.close();
        server.close();
        log.close();
    }

    @Test
    void anIncidentOpensAndClosesOnThePageWithoutAReload() {
        Scenery scenery = new Scenery(Instant.now());
        scenery.inventory().forEach(log::list);
        scenery.hosts().forEach(log::show);
        log.tick();
        browser.open(address());
        awaitText("#quiet", "No open incident");
        browser.ask("window.sameDocument = true");

        Incident hung = scenery.hung();
        log.show(hung);
        log.decide(hung.pool(), Scenery.opened(hung), "two witnesses for 90 s");
        awaitText("#open .incident h3", "shop-db");
        assertThat(browser.text("#open .incident"))
                .contains("Hung", "Acting", "the heartbeat in xenstore stands at 48213", "Reboot hard", "no effect");
        assertThat(browser.text("#announcer")).contains("New incident: hung, shop-db");
        awaitText("#decisions", "Opened as hung");
        assertThat(browser.ask("document.title")).isEqualTo("(1) Paramedic");

        log.show(closed(hung));
        log.decide(hung.pool(), new Decision.PhaseChanged(hung.id(), Phase.VERIFYING, Phase.RECOVERED), "it answers");
        awaitText("#quiet", "No open incident");
        assertThat(browser.text("#closed-box summary")).contains("1 closed lately");
        assertThat(browser.text("#announcer")).contains("Closed: shop-db");
        assertThat(browser.ask("window.sameDocument")).isEqualTo(true);
        log.hide(hung);
        await().atMost(PATIENCE)
                .until(() -> browser.ask("document.getElementById('closed-box').hidden")
                        .equals(true));

        assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith(address()));
        assertThat(browser.complaints()).isEmpty();
    }

    private static Incident closed(Incident one) {
        Instant now = Instant.now();
        return new Incident(
                one.pool(),
                one.id(),
                one.subject(),
                Phase.RECOVERED,
                one.mode(),
                one.finding(),
                one.rules(),
                one.guards(),
                one.attempts(),
                null,
                null,
                null,
                one.opened(),
                now,
                now);
    }

    @Test
    void whatHostsSayIsTextAndNothingElse() {
        String hostile = "<img src=x onerror=document.title='owned'>\u202egnp.exe";
        Incident one = new Scenery(Instant.now()).hung();
        log.show(new Incident(
                one.pool(),
                "evil-1",
                new Subject.Domain(
                        new Incarnation("xcp-1", new UUID(0, 1), 5, new UUID(0, 66)), new VmId.ByName(hostile)),
                Phase.CONFIRMED,
                Mode.OBSERVE,
                new Finding(
                        one.finding().verdict(),
                        List.of("<script>document.title='owned'</script>"),
                        List.of(hostile),
                        List.of(hostile),
                        hostile),
                List.of(new Check(hostile, false, hostile)),
                List.of(new Check(hostile, false, hostile)),
                List.of(),
                null,
                null,
                new Incident.Next(hostile, null),
                one.opened(),
                one.changed(),
                null));
        log.tick();
        browser.open(address());
        awaitText("#open .incident h3", "<img src=x onerror=document.title='owned'>\\u202egnp.exe");
        assertThat(browser.text("#open .evidence")).contains("<script>document.title='owned'</script>");
        assertThat(browser.ask("document.querySelectorAll('main img, main script').length"))
                .isEqualTo(0L);
        assertThat(browser.ask("document.title")).isEqualTo("(1) Paramedic");
    }

    @Test
    void itSaysWhenTheConnectionIsLostAndWhenNobodyDecides() throws Exception {
        new Scenery(Instant.now()).writeTo(log);
        browser.open(address());
        awaitText("#pulse", "live");
        awaitText("#banner", "The analyzer is behind the log");
        awaitText("#banner", "No analyzer is at work");
        int port = server.port();
        server.close();
        awaitText("#banner", "The connection is lost");
        server = new FeedServer(log.log(), FeedSettings.DEFAULT.withPort(port), "test");
        server.start();
        log.tick();
        awaitText("#pulse", "live");
        assertThat(browser.text("#open .incident h3")).contains("shop-db");
    }

    @Test
    void itIsUsableOnANarrowScreenAndByKeyboard() throws Exception {
        new Scenery(Instant.now()).writeTo(log);
        browser.window(360, 800);
        browser.open(address());
        awaitText("#open", "shop-db");
        assertThat((Long) browser.ask("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
        browser.driver()
                .executeScript("document.querySelector('#open [data-key$=shop-db-hung-1] .more summary').focus()");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        awaitText("#open .history", "Ordered: reboot cleanly");
        browser.picture(PICTURES.resolve("page-narrow-details.png"));
    }

    @Test
    void picturesAreTaken() throws Exception {
        Scenery scenery = new Scenery(Instant.now());
        scenery.inventory().forEach(log::list);
        log.tick();
        browser.window(1440, 900);
        browser.open(address());
        awaitText("#pools", "xcp-1");
        picture(1440, 900, "page-quiet-light");
        scenery.writeTo(log);
        awaitText("#open", "shop-db");
        awaitText("#pulse", "live");
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            picture(1440, 900, "page-" + scheme);
            picture(1920, 1080, "page-wall-" + scheme);
            picture(360, 800, "page-narrow-" + scheme);
        }
    }

    private void picture(int width, int height, String name) throws Exception {
        log.tick();
        browser.window(width, height);
        awaitText("#pulse", "live");
        browser.picture(PICTURES.resolve(name + ".png"));
        assertThat(PICTURES.resolve(name + ".png")).isNotEmptyFile();
    }

    private void awaitText(String css, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(browser.text(css)).contains(text));
    }

    private String address() {
        return "http://127.0.0.1:" + server.port() + "/";
    }
}
