package io.sessionkit.spring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the properties is what the metadata says that editors show. This test
 * writes it to {@code target/properties.md}, from where it is copied.
 */
class PropertiesPageTests {

	private static final Path WRITTEN = Path.of("target", "properties.md");

	private static final String HEAD = """
			# Properties

			[Documentation](README.md)

			This page lists all configuration properties. The build generates it from the configuration metadata, which your editor shows too. A duration takes a unit, for example `30m` or `7d`.
			""";

	private static final Map<String, String> SECTIONS = sections();

	private static Map<String, String> sections() {
		Map<String, String> sections = new LinkedHashMap<>();
		sections.put("sessionkit", "Sessions");
		sections.put("sessionkit.cookie", "Cookie");
		sections.put("sessionkit.header", "Header");
		sections.put("sessionkit.http-session", "HttpSession");
		sections.put("sessionkit.memory", "Memory");
		sections.put("sessionkit.file", "Files");
		sections.put("sessionkit.redis", "Redis");
		sections.put("sessionkit.jdbc", "SQL Databases");
		sections.put("sessionkit.dynamodb", "DynamoDB");
		sections.put("sessionkit.cloudflare-kv", "Cloudflare KV");
		sections.put("sessionkit.revocation", "Revocation of Sessions in Cookies");
		sections.put("management", "Actuator");
		return sections;
	}

	@Test
	void thePageIsWhatTheMetadataSays() throws IOException {
		Files.writeString(WRITTEN, page());
		assertThat(Page.ROOT.resolve("docs/properties.md"))
			.as("The properties have changed: cp session-spring-boot-starter/target/properties.md docs/")
			.hasSameTextualContentAs(WRITTEN);
	}

	private static String page() throws IOException {
		Map<String, StringBuilder> rows = new TreeMap<>();
		for (Map<String, Object> property : properties()) {
			String name = property.get("name").toString();
			String section = SECTIONS.keySet()
				.stream()
				.filter((prefix) -> name.equals(prefix) || name.startsWith(prefix + "."))
				.max(Comparator.comparing(String::length))
				.orElseThrow();
			rows.computeIfAbsent(section, (key) -> new StringBuilder()).append(row(name, property));
		}
		StringBuilder page = new StringBuilder(HEAD);
		SECTIONS.forEach((prefix, title) -> page.append("\n## ")
			.append(title)
			.append("\n\n| Property | Default | Description |\n|---|---|---|\n")
			.append(Objects.requireNonNull(rows.get(prefix), prefix)));
		return page.toString();
	}

	private static String row(String name, Map<String, Object> property) {
		String description = property.get("description").toString();
		Object value = property.get("defaultValue");
		String text = (value != null) ? "`" + value + "`" : "";
		String values = values(property.get("type").toString());
		return "| `" + name + "` | " + text + " | " + description.strip().replace("|", "\\|") + values + " |\n";
	}

	/** The values of an enum. */
	private static String values(String type) {
		Matcher element = Pattern.compile("<(.*)>$").matcher(type);
		String name = element.find() ? element.group(1) : type;
		try {
			Object[] constants = name.startsWith("io.sessionkit.") ? Class.forName(name).getEnumConstants() : null;
			if (constants == null) {
				return "";
			}
			return " Values: " + String.join(", ",
					List.of(constants)
						.stream()
						.map((each) -> "`" + ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
						.toList())
					+ ".";
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> properties() throws IOException {
		try (InputStream metadata = PropertiesPageTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			Map<String, Object> json = JsonParserFactory.getJsonParser()
				.parseMap(new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8));
			return (List<Map<String, Object>>) json.get("properties");
		}
	}

}
