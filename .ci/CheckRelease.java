import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * Checks the files of a release against what Maven Central demands
 * (https://central.sonatype.org/publish/requirements/) and what we promise, and that two
 * builds made the same bytes. Usage:
 * {@code java CheckRelease.java VERSION REPOSITORY OTHER_REPOSITORY}. Signatures are
 * verified with the keys of {@code gpg}.
 */
class CheckRelease {

	private static final List<String> JARS = List.of("session-core", "session-spring-boot-starter");

	private static final int JAVA_17 = 61;

	private final List<String> problems = new ArrayList<>();

	private final String version;

	private final Path repository;

	CheckRelease(String version, Path repository) {
		this.version = version;
		this.repository = repository;
	}

	public static void main(String[] args) throws Exception {
		CheckRelease check = new CheckRelease(args[0], Path.of(args[1]));
		int files = check.run(Path.of(args[2]));
		check.problems.forEach((problem) -> System.err.println("Problem: " + problem));
		if (!check.problems.isEmpty()) {
			System.exit(1);
		}
		System.out.println("All " + files + " files are as Maven Central demands, and two builds made the same bytes.");
	}

	private int run(Path other) throws Exception {
		if (this.version.endsWith("-SNAPSHOT")) {
			problem(this.version, "is no version of a release");
		}
		Set<String> expected = new TreeSet<>();
		expect(expected, "sessionkit-bom", ".pom", "-cyclonedx.json");
		for (String jar : JARS) {
			expect(expected, jar, ".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");
		}
		expect(expected, "session-core", "-tests.jar");
		Set<String> present = files(this.repository);
		for (String name : expected) {
			for (String each : List.of(name, name + ".asc", name + ".md5", name + ".sha1")) {
				if (!present.contains(each)) {
					problem(each, "is missing");
				}
			}
		}
		for (String name : present) {
			if (!expected.contains(name.replaceAll("(\\.asc)?(\\.(md5|sha1|sha256|sha512))?$", ""))) {
				problem(name, "does not belong to a release");
			}
		}
		if (!this.problems.isEmpty()) {
			return present.size();
		}
		for (String name : expected) {
			checkSums(name);
			checkSignature(name);
			if (!Arrays.equals(read(name), Files.readAllBytes(other.resolve(name)))) {
				problem(name, "differs between two builds of the same commit");
			}
			if (name.endsWith(".pom")) {
				checkPom(name);
			}
			else if (name.endsWith(".jar")) {
				checkJar(name);
			}
			else {
				checkBillOfMaterials(name);
			}
		}
		for (String jar : JARS) {
			checkSources(jar);
		}
		return present.size();
	}

	private void expect(Set<String> expected, String artifact, String... endings) {
		for (String ending : endings) {
			expected.add(path(artifact, ending));
		}
	}

	private String path(String artifact, String ending) {
		return "io/sessionkit/" + artifact + "/" + this.version + "/" + artifact + "-" + this.version + ending;
	}

	private static Set<String> files(Path repository) throws IOException {
		try (Stream<Path> files = Files.walk(repository)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> repository.relativize(file).toString())
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

	private void checkSums(String name) throws Exception {
		for (String algorithm : List.of("MD5", "SHA-1")) {
			String sum = new String(read(name + "." + algorithm.toLowerCase().replace("-", "")), StandardCharsets.US_ASCII);
			String computed = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(read(name)));
			if (!sum.strip().equals(computed)) {
				problem(name, "has another " + algorithm + " than its file says");
			}
		}
	}

	private void checkSignature(String name) throws Exception {
		Process gpg = new ProcessBuilder("gpg", "--batch", "--verify", this.repository.resolve(name + ".asc").toString(),
				this.repository.resolve(name).toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(gpg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (gpg.waitFor() != 0) {
			problem(name, "has a signature that gpg does not accept: " + output.strip());
		}
	}

	private void checkPom(String name) throws Exception {
		byte[] bytes = read(name);
		Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
		XPath xpath = XPathFactory.newInstance().newXPath();
		for (String element : List.of("groupId", "artifactId", "version", "name", "description", "url",
				"licenses/license/name", "licenses/license/url", "developers/developer/name", "scm/connection",
				"scm/developerConnection", "scm/url", "issueManagement/url")) {
			if (xpath.evaluate("/project/" + element, pom).isBlank()) {
				problem(name, "has no " + element);
			}
		}
		for (String element : List.of("parent", "repositories", "pluginRepositories", "profiles", "properties", "build",
				"dependencies/dependency[scope='test']", "//dependency[not(version)]")) {
			if (((NodeList) xpath.evaluate(element.startsWith("//") ? element : "/project/" + element, pom,
					XPathConstants.NODESET))
				.getLength() > 0) {
				problem(name, "has " + element);
			}
		}
		if (!xpath.evaluate("/project/version", pom).equals(this.version)) {
			problem(name, "has another version");
		}
		String text = new String(bytes, StandardCharsets.UTF_8);
		if (text.contains("-SNAPSHOT") || text.contains("${")) {
			problem(name, "has a snapshot or a placeholder");
		}
	}

	private void checkJar(String name) throws IOException {
		try (JarFile jar = new JarFile(this.repository.resolve(name).toFile())) {
			if (name.endsWith("-javadoc.jar")) {
				if (jar.getEntry("index.html") == null) {
					problem(name, "has no index.html");
				}
				return;
			}
			for (String entry : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
				if (jar.getEntry(entry) == null) {
					problem(name, "has no " + entry);
				}
			}
			if (name.endsWith(this.version + ".jar")) {
				for (String attribute : List.of("Automatic-Module-Name", "Implementation-Version")) {
					if (jar.getManifest().getMainAttributes().getValue(attribute) == null) {
						problem(name, "has no " + attribute + " in its manifest");
					}
				}
			}
			for (String entry : classes(jar)) {
				byte[] head = jar.getInputStream(jar.getEntry(entry)).readNBytes(8);
				if (((head[6] << 8) | head[7]) != JAVA_17) {
					problem(name, "has a class that is not for Java 17: " + entry);
				}
			}
		}
	}

	private void checkSources(String artifact) throws IOException {
		try (JarFile jar = new JarFile(this.repository.resolve(path(artifact, ".jar")).toFile());
				JarFile sources = new JarFile(this.repository.resolve(path(artifact, "-sources.jar")).toFile())) {
			for (String entry : classes(jar)) {
				// A file may hold more than the class of its name only where that is nested.
				String source = entry.replaceAll("(\\$.*)?\\.class$", ".java");
				if (!source.contains("__") && sources.getEntry(source) == null) {
					problem(artifact, "has no source for " + entry);
				}
			}
		}
	}

	private void checkBillOfMaterials(String name) throws IOException {
		String text = new String(read(name), StandardCharsets.UTF_8);
		if (!text.contains("\"bomFormat\" : \"CycloneDX\"") || !text.contains("\"version\" : \"" + this.version + "\"")) {
			problem(name, "is no bill of materials of this version in the format of CycloneDX");
		}
	}

	private static List<String> classes(JarFile jar) {
		return jar.stream().map((entry) -> entry.getName()).filter((entry) -> entry.endsWith(".class")).toList();
	}

	private byte[] read(String name) throws IOException {
		return Files.readAllBytes(this.repository.resolve(name));
	}

	private void problem(String name, String what) {
		this.problems.add(name + " " + what + ".");
	}

}
