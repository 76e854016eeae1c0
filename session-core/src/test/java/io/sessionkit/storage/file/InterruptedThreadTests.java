package io.sessionkit.storage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.sessionkit.Session;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.SessionStorageException;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.contract.Browser;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A request that is interrupted ends its session all the same, and harms no other. */
class InterruptedThreadTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	private FileStorageStrategy files;

	private SessionStorage storage;

	@BeforeEach
	void open() {
		this.files = new FileStorageStrategy(this.directory.resolve("sessions"), PATIENCE, true,
				InstantSource.system());
		this.storage = SessionStorage.of(
				SessionCookie.builder("__session").signedWith("a secret of the interrupt tests 0123").build(),
				this.files);
	}

	@AfterEach
	void close() {
		this.files.close();
	}

	@Test
	void aLogoutOnAnInterruptedThreadEndsTheSessionAndTheInterruptStays() {
		Browser visitor = visitor();
		Browser thief = visitor.copy();
		Session session = visitor.open();
		Thread.currentThread().interrupt();
		String cookie = this.storage.destroySession(session);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(cookie).startsWith("__session=;");
		assertThat(thief.get("name")).isNull();
		assertThat(visitor().get("name")).as("the lock file is still open").isEqualTo("value");
	}

	@Test
	void recordsAreMadeReadReplacedAndRemovedOnAnInterruptedThread() {
		String key = RecordTree.newKey();
		SessionRecord first = RecordTree.record(1, "first");
		SessionRecord second = RecordTree.record(2, "second");
		Thread.currentThread().interrupt();
		assertThat(this.files.createData(key, first)).isTrue();
		assertThat(this.files.readData(key)).isEqualTo(first);
		assertThat(this.files.updateData(key, second)).isEqualTo(UpdateOutcome.UPDATED);
		assertThat(this.files.readData(key)).isEqualTo(second);
		this.files.deleteData(key);
		assertThat(this.files.readData(key)).isNull();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void anInterruptEndsTheWaitForALockButNotTheLogout() throws Exception {
		Browser visitor = visitor();
		Browser thief = visitor.copy();
		Session session = visitor.open();
		Path file = RecordTree.of(this.directory.resolve("sessions")).files().get(0);
		String key = RecordName.key(file.getFileName().toString());
		String logout = whileTheLockIsHeld(key, () -> this.storage.destroySession(session));
		assertThat(logout).startsWith("__session=;");
		assertThat(thief.get("name")).isNull();

		String failure = whileTheLockIsHeld(key, () -> {
			try {
				return "wrote " + this.files.updateData(key, RecordTree.record(9, "late"));
			}
			catch (SessionStorageException ex) {
				return ex.getMessage();
			}
		});
		assertThat(failure).contains("interrupted");
	}

	/** Interrupts what is done as soon as it waits, and gives the lock back then. */
	private String whileTheLockIsHeld(String key, Supplier<String> action) throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch enough = new CountDownLatch(1);
		CompletableFuture<String> answer = new CompletableFuture<>();
		ShardLocks locks = ShardLocks.open(this.directory.resolve("sessions").resolve("lock"));
		CompletableFuture<Boolean> holder = CompletableFuture.supplyAsync(() -> hold(locks, key, held, enough));
		Thread waiter = new Thread(() -> {
			try {
				answer.complete(action.get() + (Thread.interrupted() ? "" : ", but no interrupt"));
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
		});
		try {
			assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
			waiter.start();
			while (waiter.getState() != Thread.State.TIMED_WAITING) {
				Thread.onSpinWait();
			}
			waiter.interrupt();
		}
		finally {
			enough.countDown();
			holder.join();
			locks.close();
		}
		String said = answer.get(10, TimeUnit.SECONDS);
		assertThat(said).doesNotContain("but no interrupt");
		return said;
	}

	private static boolean hold(ShardLocks locks, String key, CountDownLatch held, CountDownLatch enough) {
		try {
			return locks.locked(RecordName.shard(key), PATIENCE, () -> {
				held.countDown();
				try {
					return enough.await(10, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Browser visitor() {
		Browser visitor = new Browser(this.storage);
		visitor.visit((session) -> session.set("name", "value"));
		return visitor;
	}

}
