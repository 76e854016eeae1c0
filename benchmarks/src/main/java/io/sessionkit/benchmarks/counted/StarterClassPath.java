package io.sessionkit.benchmarks.counted;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessionkit.SessionStorage;
import io.sessionkit.spring.autoconfigure.SessionWebAutoConfiguration;

/**
 * The class path of {@link StartedServer}, with the starter and without its jars, as if
 * the dependency were not there. All other libraries of the benchmarks are on both. The
 * application is in a jar of its own, since an archive of classes takes no directories,
 * and the jar of the benchmarks would bring the starter along.
 *
 * @param with the starter and the rest
 * @param without the starter
 */
record StarterClassPath(String with, String without) {

	static StarterClassPath in(Path directory) throws IOException {
		Path own = location(StartedServer.class);
		List<Path> starter = List.of(location(SessionStorage.class), location(SessionWebAutoConfiguration.class));
		List<Path> all = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			addWithItsOwn(Path.of(entry).toRealPath(), all);
		}
		if (!all.containsAll(starter)) {
			throw new IllegalStateException("The starter is not on the class path, which is " + all);
		}
		Path application = application(directory.resolve("application.jar"));
		List<Path> rest = all.stream().filter((path) -> !path.equals(own) && !starter.contains(path)).toList();
		return new StarterClassPath(join(Stream.of(List.of(application), starter, rest)),
				join(Stream.of(List.of(application), rest)));
	}

	private static Path location(Class<?> type) throws IOException {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toRealPath();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A jar may name others in its manifest. */
	private static void addWithItsOwn(Path entry, List<Path> all) throws IOException {
		if (all.contains(entry)) {
			return;
		}
		all.add(entry);
		if (Files.isRegularFile(entry)) {
			try (JarFile jar = new JarFile(entry.toFile())) {
				Manifest manifest = jar.getManifest();
				String others = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH)
						: null;
				for (String other : (others != null) ? others.split(" ", -1) : new String[0]) {
					Path path = entry.resolveSibling(other);
					if (Files.exists(path)) {
						addWithItsOwn(path.toRealPath(), all);
					}
				}
			}
		}
	}

	private static Path application(Path jar) throws IOException {
		String name = StartedServer.class.getName().replace('.', '/') + ".class";
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file);
				InputStream in = Objects
					.requireNonNull(StartedServer.class.getResourceAsStream("StartedServer.class"))) {
			out.putNextEntry(new JarEntry(name));
			in.transferTo(out);
			out.closeEntry();
		}
		return jar.toRealPath();
	}

	private static String join(Stream<List<Path>> parts) {
		return parts.flatMap(List::stream).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

}
