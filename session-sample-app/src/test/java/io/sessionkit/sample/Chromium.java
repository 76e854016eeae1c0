package io.sessionkit.sample;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A real browser, the one that is installed: nothing is downloaded. Where there is none,
 * the test is skipped, unless {@code SESSIONKIT_REQUIRE_BROWSER=true} makes it fail.
 */
final class Chromium implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Path TARGET = Path.of("target");

	private static final Path SCREENSHOTS = TARGET.resolve("screenshots");

	private final ChromeDriver driver;

	private Chromium(Path browser, Path driver) throws IOException {
		Path profile = Files.createTempDirectory(Files.createDirectories(TARGET), "chromium").toAbsolutePath();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser.toFile());
		options.addArguments("--headless=new", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--no-first-run", "--hide-scrollbars", "--window-size=1280,800",
				"--user-data-dir=" + profile);
		if ("root".equals(System.getProperty("user.name"))) {
			options.addArguments("--no-sandbox");
		}
		this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build(),
				options);
		this.driver.manage().timeouts().implicitlyWait(PATIENCE);
	}

	static Chromium start() throws IOException {
		Optional<Path> browser = find("chromium");
		Optional<Path> driver = find("chromedriver");
		boolean installed = browser.isPresent() && driver.isPresent();
		String message = "chromium and chromedriver must be in /usr/bin or on the PATH (Debian: apt-get install chromium chromium-driver)";
		if (Boolean.parseBoolean(System.getenv("SESSIONKIT_REQUIRE_BROWSER"))) {
			assertThat(installed).as(message).isTrue();
		}
		assumeThat(installed).as("SKIPPED, no browser: " + message).isTrue();
		return new Chromium(browser.orElseThrow(), driver.orElseThrow());
	}

	private static Optional<Path> find(String program) {
		return Stream.concat(Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(File.pathSeparator)))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	void open(String url) {
		this.driver.get(url);
	}

	void reload() {
		this.driver.navigate().refresh();
	}

	void type(String selector, String text) {
		WebElement field = element(selector);
		field.clear();
		field.sendKeys(text);
	}

	/** Presses a button and waits until another page is there. */
	void press(String selector) {
		this.driver.executeScript("document.documentElement.dataset.left = true");
		element(selector).click();
		element("html:not([data-left])");
	}

	String text(String selector) {
		return element(selector).getText();
	}

	String attribute(String selector, String name) {
		return Optional.ofNullable(element(selector).getDomAttribute(name)).orElse("");
	}

	/** The id of the element that has the focus. */
	String focused() {
		return Optional.ofNullable(this.driver.switchTo().activeElement().getDomAttribute("id")).orElse("");
	}

	private WebElement element(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	String path() {
		return URI.create(this.driver.getCurrentUrl()).getPath();
	}

	/** The session's cookie as the browser holds it. */
	Cookie cookie() {
		return this.driver.manage().getCookieNamed("__Host-session");
	}

	Set<String> cookieNames() {
		return this.driver.manage().getCookies().stream().map(Cookie::getName).collect(Collectors.toSet());
	}

	/** Whether everything fits into the width of the window, and of its card. */
	boolean fits() {
		return Boolean.TRUE.equals(this.driver.executeScript("""
				return document.documentElement.scrollWidth <= innerWidth
					&& [...document.querySelectorAll(".card")].every((card) => card.scrollWidth <= card.clientWidth)
				"""));
	}

	/**
	 * Whether an element at the bottom of the window can be seen once it has the focus.
	 */
	boolean isSeenWithFocus(String selector) {
		return Boolean.TRUE.equals(this.driver.executeScript("""
				const element = arguments[0];
				scrollBy(0, element.getBoundingClientRect().bottom - innerHeight + 10);
				element.focus();
				const box = element.getBoundingClientRect();
				const bottom = document.elementFromPoint(box.left + box.width / 2, box.bottom - 2);
				return element.contains(bottom);
				""", element(selector)));
	}

	void phone() {
		window(390, 844, 2);
	}

	/** Between a phone and a desktop. */
	void tablet() {
		window(740, 1024, 1);
	}

	void desktop() {
		window(1280, 800, 1);
	}

	private void window(int width, int height, int scale) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", scale > 1));
	}

	void screenshot(String name) throws IOException {
		Files.createDirectories(SCREENSHOTS);
		Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
