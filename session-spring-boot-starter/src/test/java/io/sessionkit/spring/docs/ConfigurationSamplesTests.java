package io.sessionkit.spring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import io.sessionkit.spring.autoconfigure.SessionKitProperties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties that the documentation shows exist and have values that can be bound,
 * and its dependencies exist.
 */
class ConfigurationSamplesTests {

	private static final Set<String> KNOWN = new TreeSet<>();

	private static final Set<String> MAPS = new TreeSet<>();

	@BeforeAll
	@SuppressWarnings("unchecked")
	static void readMetadata() throws IOException {
		for (URL url : Collections.list(ConfigurationSamplesTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream metadata = url.openStream()) {
				Map<String, Object> json = JsonParserFactory.getJsonParser()
					.parseMap(new String(metadata.readAllBytes(), StandardCharsets.UTF_8));
				for (Map<String, Object> property : (List<Map<String, Object>>) json.get("properties")) {
					String name = canonical(property.get("name").toString());
					KNOWN.add(name);
					if (String.valueOf(property.get("type")).startsWith("java.util.Map")) {
						MAPS.add(name + ".");
					}
				}
			}
		}
	}

	static List<Page.Sample> applicationProperties() {
		return Page.all()
			.stream()
			.flatMap((page) -> Stream.concat(page.samples("yaml").stream(), page.samples("properties").stream()))
			.filter((sample) -> !sample.text().matches("(?s)(.*\n)?(apiVersion|services):.*"))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("applicationProperties")
	void everyPropertyIsKnown(Page.Sample sample) throws IOException {
		List<String> unknown = new ArrayList<>();
		for (EnumerablePropertySource<?> source : load(sample)) {
			for (String name : source.getPropertyNames()) {
				String canonical = canonical(name);
				if (!KNOWN.contains(canonical) && MAPS.stream().noneMatch(canonical::startsWith)) {
					unknown.add(name);
				}
			}
		}
		assertThat(unknown).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("applicationProperties")
	void everyValueOfOursBinds(Page.Sample sample) throws IOException {
		for (PropertySource<?> source : load(sample)) {
			new Binder(ConfigurationPropertySources.from(source)).bind("sessionkit",
					Bindable.of(SessionKitProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		}
	}

	static List<Page.Sample> xml() {
		return Page.all().stream().flatMap((page) -> page.samples("xml").stream()).toList();
	}

	@ParameterizedTest
	@MethodSource("xml")
	void everyDependencyExists(Page.Sample sample) throws Exception {
		NodeList dependencies = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader("<sample>" + sample.text() + "</sample>")))
			.getElementsByTagName("dependency");
		// Spring Boot imports the versions of others, which stand in our own POMs.
		String managed = Files.readString(Path.of(System.getProperty("sessionkit.spring-boot-dependencies")))
				+ Files.readString(Page.ROOT.resolve("session-spring-boot-starter/pom.xml"))
				+ Files.readString(Page.ROOT.resolve("session-application-tests/pom.xml"));
		for (int i = 0; i < dependencies.getLength(); i++) {
			Element dependency = (Element) dependencies.item(i);
			String artifact = text(dependency, "artifactId");
			if (text(dependency, "groupId").equals("io.sessionkit")) {
				assertThat(Page.ROOT.resolve(artifact).resolve("pom.xml")).exists();
			}
			else if (dependency.getElementsByTagName("version").getLength() == 0) {
				assertThat(managed).contains("<artifactId>" + artifact + "</artifactId>");
			}
		}
	}

	@Test
	void thereAreSamplesOfEachKind() {
		assertThat(applicationProperties()).hasSizeGreaterThan(25);
		assertThat(xml()).hasSizeGreaterThan(8);
	}

	private static List<EnumerablePropertySource<?>> load(Page.Sample sample) throws IOException {
		PropertySourceLoader loader = sample.text().matches("(?s)\\s*(#[^\n]*\n)*[\\w.\\[\\]-]+=.*")
				? new PropertiesPropertySourceLoader() : new YamlPropertySourceLoader();
		List<EnumerablePropertySource<?>> sources = new ArrayList<>();
		for (PropertySource<?> source : loader.load(sample.toString(),
				new ByteArrayResource(sample.text().getBytes(StandardCharsets.UTF_8)))) {
			sources.add((EnumerablePropertySource<?>) source);
		}
		assertThat(sources).isNotEmpty();
		return sources;
	}

	private static String text(Element element, String name) {
		return element.getElementsByTagName(name).item(0).getTextContent();
	}

	private static String canonical(String name) {
		return name.replaceAll("\\[\\d+\\]$", "").replace("-", "").toLowerCase(Locale.ROOT);
	}

}
