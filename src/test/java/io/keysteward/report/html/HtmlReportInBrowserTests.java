package io.keysteward.report.html;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;

import io.keysteward.report.workbook.RunFixtures;
import io.keysteward.run.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The web page in Chromium, as Debian's packages chromium and chromium-driver have it;
 * where they are not installed the tests are skipped, and say so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlReportInBrowserTests {

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Path BROWSER = Path.of("/usr/bin/chromium");

	private static final int KEYS = 1234;

	private final RunFixtures stored = new RunFixtures();

	private ChromeDriver browser;

	private Path page;

	@SuppressWarnings("NullAway.Init") // There is a browser where there is a test.
	HtmlReportInBrowserTests() {
	}

	@BeforeAll
	void startTheBrowser(@TempDir Path directory) throws IOException {
		assumeTrue(Files.isExecutable(DRIVER) && Files.isExecutable(BROWSER),
				"no browser here: install chromium and chromium-driver");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BROWSER.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile())
			.usingAnyFreePort()
			.withLogFile(new File("/dev/null"))
			.build();
		this.browser = new ChromeDriver(service, options);
		this.page = page(directory);
	}

	@BeforeEach
	void openThePage() {
		this.browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
		this.browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of());
		this.browser.manage().logs().get(LogType.PERFORMANCE);
		this.browser.get(this.page.toUri().toString());
		new WebDriverWait(this.browser, Duration.ofSeconds(20))
			.until((page) -> !page.findElements(By.cssSelector("html[data-ready]")).isEmpty());
	}

	@AfterAll
	void close() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void everyFlaggedKeyIsFoundFilteredAndSorted() {
		assertThat(count()).startsWith("200 of 1,234 keys shown");
		assertThat(rows()).hasSize(200);
		this.browser.findElement(By.id("more")).click();
		assertThat(rows()).hasSize(400);
		this.browser.findElement(By.id("text")).sendKeys(" SERVICE 777 ");
		assertThat(count()).startsWith("1 of 1 keys shown, of 1,234 flagged");
		this.browser.findElement(By.id("text")).clear();
		this.browser.findElement(By.id("text")).sendKeys("k-12");
		new Select(this.browser.findElement(By.id("level"))).selectByVisibleText("VIOLATION");
		assertThat(rows()).isNotEmpty()
			.allSatisfy((row) -> assertThat(row.getText()).contains("VIOLATION").contains("k-12"));
		this.browser.findElement(By.id("text")).clear();
		this.browser.findElement(By.id("text")).sendKeys(" ");
		new Select(this.browser.findElement(By.id("level"))).selectByVisibleText("any");
		WebElement idle = this.browser.findElement(By.xpath("//th[button='Idle days']/button"));
		idle.click();
		assertThat(cells("Idle days").subList(0, 3)).containsExactly("1", "2", "3");
		idle.click();
		assertThat(cells("Idle days").subList(0, 2)).containsExactly("1234", "1233");
		assertThat(this.browser.findElement(By.xpath("//th[button='Idle days']")).getDomAttribute("aria-sort"))
			.isEqualTo("descending");
	}

	@Test
	void nothingIsAskedForAndTheConsoleIsSilent() {
		assertThat(this.browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
		List<String> requests = this.browser.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.map(Object::toString)
			.filter((line) -> line.contains("\"Network.requestWillBeSent\""))
			.filter((line) -> !line.contains("\"url\":\"blob:") && !line.contains("chrome://"))
			.toList();
		assertThat(requests).hasSize(1).allSatisfy((request) -> assertThat(request).contains("file:///"));
	}

	@Test
	void aHostileNameRunsNothing() {
		this.browser.findElement(By.id("text")).sendKeys("onerror");
		assertThat(rows()).hasSize(1);
		assertThat(rows().get(0).getText()).contains("</script><img src=x onerror=document.title='pwned'>");
		assertThat(this.browser.getTitle()).isEqualTo("Keysteward 2026-11-23");
		assertThat(this.browser.findElements(By.tagName("img"))).isEmpty();
	}

	@Test
	void onAPhoneNothingIsWiderThanTheScreen() {
		this.browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 380, "height", 800, "deviceScaleFactor", 2, "mobile", true));
		assertThat(width("document.documentElement.scrollWidth")).isLessThanOrEqualTo(380);
		assertThat(this.browser.findElement(By.cssSelector("#keys thead")).isDisplayed()).isFalse();
	}

	@Test
	void inTheDarkThePageIsDark() {
		this.browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
		assertThat(this.browser.findElement(By.tagName("body")).getCssValue("background-color")).contains("20, 25, 31");
	}

	@Test
	void itPrintsWhatIsShown() {
		Object pdf = this.browser.executeCdpCommand("Page.printToPDF", Map.of("landscape", true)).get("data");
		assertThat(String.valueOf(pdf)).startsWith("JVBERi");
	}

	private long width(String script) {
		return ((Number) Objects.requireNonNull(this.browser.executeScript("return " + script))).longValue();
	}

	private String count() {
		return this.browser.findElement(By.id("count")).getText();
	}

	private List<WebElement> rows() {
		return this.browser.findElements(By.cssSelector("#keys tbody tr"));
	}

	private List<String> cells(String column) {
		return this.browser.findElements(By.cssSelector("#keys tbody td[data-label='" + column + "']"))
			.stream()
			.map(WebElement::getText)
			.toList();
	}

	private Path page(Path directory) throws IOException {
		long id = this.stored.open("2026-11-23", "2026-11-23T02:00:00Z", null);
		this.stored.jdbc()
			.sql("""
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, name, last_used_at, usage, idle_days, status, judgement,
					       findings, violations, reasons, violation_at, grace_days, exempted_by)
					SELECT :run, 'api-keys', 'k-' || n,
					       CASE n WHEN 7 THEN '</script><img src=x onerror=document.title=''pwned''>' ELSE 'service ' || n END,
					       '2026-11-23Z'::timestamptz - n * interval '1 day', 'USED', n, 'ACTIVE', 'JUDGED', '{IDLE}',
					       CASE WHEN n > 90 THEN '{IDLE}' ELSE '{}' END::text[], ARRAY['Unused for ' || n || ' days.'],
					       '{NULL}', '{NULL}', '{NULL}'
					FROM generate_series(1, :keys) n
					""")
			.param("run", id)
			.param("keys", KEYS)
			.update();
		Run run = this.stored.close(id);
		return this.stored.write(new HtmlReport(), run, List.of(), directory.resolve("page.html")).file();
	}

}
