package io.sessionkit.storage.file;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessionkit.SessionRecord;
import org.slf4j.Logger;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Another process that uses the directory, until it is killed. It starts without JUnit
 * and without a logging backend, to be quick.
 */
final class FileProcess {

	static final int KEYS = 16;

	/** Each record is created, updated to this version, and deleted at the step after. */
	static final int LAST_VERSION = 24;

	private static final Instant EXPIRES = Instant.parse("2100-01-01T00:00:00Z");

	private FileProcess() {
	}

	/** Starts {@code write} or {@code hold} on a directory, as a lane of its own. */
	static Process start(String what, Path directory, String lane) throws IOException {
		String classPath = Stream.of(FileStorageStrategy.class, FileProcess.class, Logger.class)
			.map(FileProcess::location)
			.distinct()
			.collect(Collectors.joining(File.pathSeparator));
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", classPath, FileProcess.class.getName(),
				what, directory.toString(), lane)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private static String location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static void main(String[] arguments) throws Exception {
		Path directory = Path.of(arguments[1]);
		if (arguments[0].equals("hold")) {
			hold(directory, arguments[2]);
		}
		else {
			write(directory, arguments[2]);
		}
	}

	private static void hold(Path directory, String key) throws IOException, InterruptedException {
		try (FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE)) {
			channel.lock(RecordName.shard(key), 1, false);
			acknowledge(0);
			Thread.sleep(Duration.ofMinutes(1).toMillis());
		}
	}

	private static void write(Path directory, String lane) throws IOException {
		FileStorageStrategy files = new FileStorageStrategy(directory, Duration.ofSeconds(10), false,
				InstantSource.system());
		long[] versions = new long[KEYS];
		for (int i = 0; i < KEYS; i++) {
			SessionRecord record = files.readData(key(lane, i));
			versions[i] = (record != null) ? record.version() : 0;
		}
		for (int i = 0;; i = (i + 1) % KEYS) {
			versions[i] = step(files, key(lane, i), i, versions[i]);
			acknowledge(i);
		}
	}

	private static long step(FileStorageStrategy files, String key, int index, long version) {
		if (version == LAST_VERSION) {
			files.deleteData(key);
			return 0;
		}
		SessionRecord next = record(index, version + 1);
		boolean done = (version == 0) ? files.createData(key, next) : files.updateData(key, next).isUpdated();
		if (!done) {
			throw new IllegalStateException("Version " + version + " of record " + index + " is not there any more");
		}
		return next.version();
	}

	/** Unbuffered, so that what was acknowledged is known whenever the kill comes. */
	@SuppressWarnings("resource")
	private static void acknowledge(int index) throws IOException {
		new FileOutputStream(FileDescriptor.out).write(index);
	}

	static String key(String lane, int index) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest((lane + index).getBytes(UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What a record of this version has in it, up to some kilobytes. */
	static SessionRecord record(int index, long version) {
		String text = index + " in version " + version + ", ";
		return new SessionRecord(version, EXPIRES,
				text.repeat((int) (1 + (version * 37 + index * 101L) % 400)).getBytes(UTF_8));
	}

}
