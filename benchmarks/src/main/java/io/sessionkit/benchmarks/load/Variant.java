package io.sessionkit.benchmarks.load;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What is measured: an application, the store that it needs, and the floor and the peer
 * that it is compared with.
 */
enum Variant {

	FLOOR_NONE(Applications.Bare.class),

	FLOOR_COOKIE(Applications.FloorCookie.class),

	FLOOR_REDIS(Applications.FloorRedis.class),

	FLOOR_SQL(Applications.FloorSql.class),

	TOMCAT(Applications.Container.class),

	SPRING_MAP(Applications.SpringMap.class),

	SPRING_REDIS(Applications.SpringRedis.class),

	SPRING_REDIS_JSON(Applications.SpringRedisJson.class),

	SPRING_REDIS_INDEXED(Applications.SpringRedisIndexed.class),

	SPRING_SQL(Applications.SpringSql.class),

	SESSIONKIT_COOKIE(Applications.SessionKit.class, FLOOR_COOKIE, TOMCAT, "sessionkit.storage=cookie"),

	SESSIONKIT_MEMORY(Applications.SessionKit.class, null, TOMCAT, "sessionkit.storage=memory",
			"sessionkit.memory.max-sessions=1000000"),

	SESSIONKIT_FILE(Applications.SessionKit.class, null, TOMCAT, "sessionkit.storage=file"),

	SESSIONKIT_REDIS(Applications.SessionKitRedis.class, FLOOR_REDIS, SPRING_REDIS),

	SESSIONKIT_SQL(Applications.SessionKitSql.class, FLOOR_SQL, SPRING_SQL);

	private final Class<?> application;

	private final String properties;

	private final Variant floor;

	private final Variant peer;

	Variant(Class<?> application) {
		this.application = application;
		this.properties = "";
		this.floor = this;
		this.peer = this;
	}

	Variant(Class<?> application, @Nullable Variant floor, Variant peer, String... properties) {
		this.application = application;
		this.properties = String.join(",", properties);
		this.floor = (floor != null) ? floor : this;
		this.peer = peer;
	}

	Class<?> application() {
		return this.application;
	}

	List<String> properties() {
		return this.properties.isEmpty() ? List.of() : List.of(this.properties.split(",", -1));
	}

	/** The least that keeps sessions in the same place; itself where there is none. */
	Variant floor() {
		return this.floor;
	}

	/** What people use today; itself where there is none. */
	Variant peer() {
		return this.peer;
	}

	boolean hasSession() {
		return this != FLOOR_NONE;
	}

	boolean isSessionKit() {
		return name().startsWith("SESSIONKIT");
	}

	boolean isRedis() {
		return name().contains("REDIS");
	}

	boolean isSql() {
		return name().endsWith("SQL");
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static Variant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
