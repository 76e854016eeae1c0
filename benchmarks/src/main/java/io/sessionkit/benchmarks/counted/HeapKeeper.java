package io.sessionkit.benchmarks.counted;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.sessionkit.Session;
import io.sessionkit.SessionStorage;
import io.sessionkit.benchmarks.load.Payload;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.http.HttpSession;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

/**
 * What keeps sessions in the heap, filled as an application fills it: the names of values
 * are constants, the values are not.
 */
interface HeapKeeper {

	/** Keeps another session. */
	void add();

	int size();

	/** An empty one that has room for some sessions. */
	static HeapKeeper of(String name, int sessions) throws LifecycleException {
		return switch (name) {
			case "floor-map" -> new OfBytes(new ConcurrentHashMap<>());
			case "tomcat" -> OfTomcat.start();
			case "spring-map" -> OfSpring.of(new ConcurrentHashMap<>());
			case "sessionkit-memory" -> OfSessionKit.of(new MemoryStorageStrategy(sessions, InstantSource.system()));
			default -> throw new IllegalArgumentException(name);
		};
	}

	private static String copy(String text) {
		return new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
	}

	/**
	 * The floor.
	 *
	 * @param sessions their JSON by their ids
	 */
	record OfBytes(Map<String, byte[]> sessions) implements HeapKeeper {

		@Override
		public void add() {
			this.sessions.put(UUID.randomUUID().toString(), JsonMapper.shared()
				.writeValueAsBytes(Map.of(Payload.USER, Payload.NAME, Payload.COUNT, 0, Payload.CART, Payload.LINES)));
		}

		@Override
		public int size() {
			return this.sessions.size();
		}

	}

	/**
	 * Tomcat's own, with the facade that it keeps for an application.
	 *
	 * @param manager of an application that runs
	 */
	record OfTomcat(StandardManager manager) implements HeapKeeper {

		private static final Context CONTEXT = new Tomcat().addContext("", null);

		static OfTomcat start() throws LifecycleException {
			StandardManager manager = new StandardManager();
			manager.setPathname(null);
			CONTEXT.setManager(manager);
			if (!CONTEXT.getState().isAvailable()) {
				CONTEXT.start();
			}
			return new OfTomcat(manager);
		}

		@Override
		public void add() {
			HttpSession session = this.manager.createSession(null).getSession();
			session.setAttribute(Payload.USER, copy(Payload.NAME));
			session.setAttribute(Payload.COUNT, 0);
			session.setAttribute(Payload.CART, copy(Payload.LINES));
		}

		@Override
		public int size() {
			return this.manager.getActiveSessions();
		}

	}

	/**
	 * Spring Session in a map.
	 *
	 * @param repository that saves into it
	 * @param sessions the map
	 */
	record OfSpring(MapSessionRepository repository,
			Map<String, org.springframework.session.Session> sessions) implements HeapKeeper {

		static OfSpring of(Map<String, org.springframework.session.Session> sessions) {
			return new OfSpring(new MapSessionRepository(sessions), sessions);
		}

		@Override
		public void add() {
			MapSession session = this.repository.createSession();
			session.setAttribute(Payload.USER, copy(Payload.NAME));
			session.setAttribute(Payload.COUNT, 0);
			session.setAttribute(Payload.CART, copy(Payload.LINES));
			this.repository.save(session);
		}

		@Override
		public int size() {
			return this.sessions.size();
		}

	}

	/**
	 * SessionKit with memory storage, which evicts when it is full.
	 *
	 * @param storage that commits into it
	 * @param strategy the memory
	 */
	record OfSessionKit(SessionStorage storage, MemoryStorageStrategy strategy) implements HeapKeeper {

		static OfSessionKit of(MemoryStorageStrategy strategy) {
			return new OfSessionKit(SessionStorage
				.of(SessionCookie.builder("__session").encryptedWith(CookieCount.SECRET).build(), strategy), strategy);
		}

		@Override
		public void add() {
			Session session = this.storage.getSession(null);
			CookieCount.fill(session);
			this.storage.commitSession(session);
		}

		@Override
		public int size() {
			return this.strategy.size();
		}

	}

}
