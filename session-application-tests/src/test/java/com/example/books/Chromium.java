package com.example.books;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Protocol;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The installed browser with an authenticator that always says yes. Where there is none,
 * the test is skipped, unless {@code SESSIONKIT_REQUIRE_BROWSER=true} makes it fail.
 */
final class Chromium implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ChromeDriver driver;

	private Chromium(Path browser, Path driver) throws IOException {
		Path profile = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chromium");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser.toFile());
		options.addArguments("--headless=new", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--no-first-run", "--user-data-dir=" + profile.toAbsolutePath());
		if ("root".equals(System.getProperty("user.name"))) {
			options.addArguments("--no-sandbox");
		}
		this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build(),
				options);
		this.driver.manage().timeouts().implicitlyWait(PATIENCE);
		this.driver.addVirtualAuthenticator(new VirtualAuthenticatorOptions().setProtocol(Protocol.CTAP2)
			.setTransport(Transport.INTERNAL)
			.setHasResidentKey(true)
			.setHasUserVerification(true)
			.setIsUserVerified(true));
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

	void type(String selector, String text) {
		element(selector).sendKeys(text);
	}

	void press(String selector) {
		element(selector).click();
	}

	/** Waits for an element. */
	String text(String selector) {
		return element(selector).getText();
	}

	private WebElement element(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
