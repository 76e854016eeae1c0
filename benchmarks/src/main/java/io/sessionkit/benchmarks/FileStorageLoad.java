package io.sessionkit.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessionkit.SessionRecord;
import io.sessionkit.storage.file.FileStorageStrategy;

/**
 * What the file storage does in a second while a hundred thousand sessions are there,
 * with one thread, and what a record takes on the disk. The directory is made where the
 * first argument says, or else in the working directory, and removed.
 */
public final class FileStorageLoad {

	private static final int SESSIONS = 100_000;

	private static final long SECONDS = 5;

	private final List<String> keys;

	private final int[] versions = new int[SESSIONS];

	private final Random random = new Random(42);

	private final byte[] body = new byte[SampleSession.BYTES];

	private FileStorageLoad() {
		SecureRandom source = new SecureRandom();
		this.keys = IntStream.range(0, SESSIONS).mapToObj((i) -> {
			byte[] key = new byte[32];
			source.nextBytes(key);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
		}).toList();
	}

	/** Prints a table in Markdown. */
	public static void main(String[] arguments) throws IOException {
		Path parent = Path.of((arguments.length > 0) ? arguments[0] : ".");
		Path directory = Files.createTempDirectory(parent, "sessions");
		try {
			new FileStorageLoad().run(directory, System.out);
		}
		finally {
			try (Stream<Path> all = Files.walk(directory)) {
				for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(path);
				}
			}
		}
	}

	private void run(Path directory, PrintStream out) throws IOException {
		out.println("| with " + SESSIONS + " sessions | per second |");
		out.println("|---|---|");
		try (FileStorageStrategy files = open(directory, false)) {
			long begin = System.nanoTime();
			IntStream.range(0, SESSIONS).forEach((i) -> create(files, i));
			out.println("| create, without fsync | "
					+ SESSIONS * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin) + " |");
			perSecond((i) -> update(files, i));
			out.println("| read | " + perSecond((i) -> read(files, i)) + " |");
			out.println("| write, without fsync | " + perSecond((i) -> update(files, i)) + " |");
		}
		try (FileStorageStrategy files = open(directory, true)) {
			out.println("| write, with fsync | " + perSecond((i) -> update(files, i)) + " |");
		}
		try (Stream<Path> all = Files.walk(directory)) {
			Path any = all.filter((path) -> path.getNameCount() == directory.getNameCount() + 2)
				.findFirst()
				.orElseThrow();
			out.println();
			out.println("A body of " + SampleSession.BYTES + " bytes is a file of " + Files.size(any)
					+ " bytes, in blocks of " + Files.getFileStore(directory).getBlockSize() + ".");
		}
	}

	private static FileStorageStrategy open(Path directory, boolean fsync) {
		return new FileStorageStrategy(directory, Duration.ofSeconds(5), fsync, InstantSource.system());
	}

	private SessionRecord next(int session) {
		this.versions[session]++;
		return new SessionRecord(this.versions[session], Instant.now().plusSeconds(3600), this.body);
	}

	private void create(FileStorageStrategy files, int session) {
		check(files.createData(this.keys.get(session), next(session)));
	}

	private void update(FileStorageStrategy files, int session) {
		check(files.updateData(this.keys.get(session), next(session)).isUpdated());
	}

	private void read(FileStorageStrategy files, int session) {
		check(files.readData(this.keys.get(session)) != null);
	}

	private static void check(boolean expected) {
		if (!expected) {
			throw new IllegalStateException("The storage did something else than what is measured");
		}
	}

	private long perSecond(IntConsumer operation) {
		long begin = System.nanoTime();
		long end = begin + TimeUnit.SECONDS.toNanos(SECONDS);
		long done = 0;
		while (System.nanoTime() - end < 0) {
			operation.accept(this.random.nextInt(SESSIONS));
			done++;
		}
		return done * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
	}

}
