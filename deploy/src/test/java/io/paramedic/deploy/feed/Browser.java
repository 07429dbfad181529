package io.paramedic.deploy.feed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium that is installed on this machine, with an empty profile, that can reach nothing but this machine. */
final class Browser implements AutoCloseable {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private final ChromeDriver driver;

    Browser(Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable("performance", Level.ALL);
        logs.enable("browser", Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program(BROWSERS));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File(program(List.of("chromedriver"))))
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    private static String program(List<String> names) {
        return names.stream()
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "None of " + names + " is installed; on Debian: apt-get install chromium chromium-driver"))
                .toString();
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(String url) {
        // What the browser's own first page asked for is none of ours.
        var _ = requests();
        driver.get(url);
    }

    /** Of the window's size, in CSS pixels. */
    void window(int width, int height) {
        // A picture leaves out the scroll bar, and would cut off as much of the page.
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String lightOrDark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    }

    /** The whole page, also what is below the window. */
    void picture(Path file) throws IOException {
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(data)));
    }

    Object ask(String script) {
        return Objects.requireNonNull(driver.executeScript("return " + script));
    }

    /** What a person sees of these elements; nothing of those that are hidden. */
    String text(String css) {
        return String.valueOf(ask("[...document.querySelectorAll('" + css
                + "')].filter(e => e.checkVisibility()).map(e => e.innerText).join('\\n')"));
    }

    /** Every address that was asked for since the last call, apart from the browser's own parts. */
    List<String> requests() {
        return StreamSupport.stream(driver.manage().logs().get("performance").spliterator(), false)
                .map(LogEntry::getMessage)
                .map(JsonMapper.shared()::readTree)
                .map(event -> event.path("message"))
                .filter(message -> message.path("method").asString("").equals("Network.requestWillBeSent"))
                .map(message -> message.path("params").path("request").path("url"))
                .map(JsonNode::asString)
                .filter(url -> !url.startsWith("chrome:"))
                .toList();
    }

    /** What the page's console says, for example of a breach of its policy. */
    List<String> complaints() {
        return StreamSupport.stream(driver.manage().logs().get("browser").spliterator(), false)
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
