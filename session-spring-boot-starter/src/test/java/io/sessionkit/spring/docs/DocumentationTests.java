package io.sessionkit.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documentation shows is true: its Java compiles, its links lead somewhere, its
 * tests exist, and a page is short enough to be read.
 */
class DocumentationTests {

	static List<Page> pages() {
		return Page.all();
	}

	@Test
	void everyJavaSampleCompiles(@TempDir Path output) {
		List<Page.Sample> samples = pages().stream().flatMap((page) -> page.samples("java").stream()).toList();
		assertThat(samples).hasSizeGreaterThan(40);
		JavaSamples.compile(samples, output);
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsSomewhere(Page page) {
		List<String> broken = new ArrayList<>();
		for (String link : page.links()) {
			String file = link.replaceFirst("#.*", "");
			Path target = file.isEmpty() ? page.path() : page.path().resolveSibling(file).normalize();
			String anchor = link.contains("#") ? link.replaceFirst(".*#", "") : "";
			if (!Files.exists(Page.ROOT.resolve(target))
					|| (!anchor.isEmpty() && !Page.of(target.toString()).anchors().contains(anchor))) {
				broken.add(link);
			}
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void everyTestThatAPageNamesExists() throws IOException {
		Set<String> named = pages().stream()
			.flatMap((page) -> Pattern.compile("`(\\w+(Tests|Contract))`").matcher(page.prose()).results())
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		assertThat(named).hasSizeGreaterThan(20);
		try (Stream<Path> files = Files.walk(Page.ROOT)) {
			assertThat(files.map((file) -> file.getFileName().toString().replaceFirst("\\.(java|kt)$", "")))
				.containsAll(named);
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void aPageIsShortEnoughToBeRead(Page page) {
		if (!page.path().endsWith("CHANGELOG.md")) {
			assertThat(page.lines()).hasSizeLessThanOrEqualTo(page.isReadme() ? 150 : 250);
		}
	}

	@Test
	void theFirstCodeOfTheReadmeComesByLineFifteen() {
		assertThat(Page.of("README.md").lines().subList(0, 15)).contains("```java");
	}

	@Test
	void everyPageOfTheDocumentationLeadsBackToTheIndexWhichLeadsToIt() {
		Page index = Page.of("docs/README.md");
		Set<Path> listed = index.links()
			.stream()
			.map((link) -> Path.of("docs").resolve(link.replaceFirst("#.*", "")).normalize())
			.collect(Collectors.toSet());
		for (Page page : pages()) {
			if (page.isInDocs() && !page.equals(index)) {
				String up = page.path().getParent().relativize(index.path()).toString();
				assertThat(page.lines().get(2)).as(page.toString()).isEqualTo("[Documentation](" + up + ")");
				assertThat(listed).contains(page.path());
			}
		}
	}

	@Test
	void theLicenseAndTheNoticeArePartOfEachJar() {
		for (String module : List.of("session-core", "session-spring-boot-starter")) {
			for (String file : List.of("LICENSE", "NOTICE")) {
				assertThat(Page.ROOT.resolve(module).resolve("target/classes/META-INF").resolve(file))
					.hasSameTextualContentAs(Page.ROOT.resolve(file));
			}
		}
	}

}
