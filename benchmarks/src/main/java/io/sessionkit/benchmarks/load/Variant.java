package io.sessionkit.benchmarks.load;

import java.util.List;
import java.util.Locale;


/**
 * What is measured: an application, the store that it needs, and the floor and the peer
 * that it is compared with.
 */
public enum Variant {

	/** With a cookie as long as that of an id. */
	FLOOR_NONE(Applications.Bare.class),

	/** With a cookie as long as a sealed session. */
	FLOOR_NONE_LONG(Applications.Bare.class),

	TOMCAT(Applications.Container.class),

	SPRING_MAP(Applications.SpringMap.class),

	FLOOR_COOKIE(Applications.FloorCookie.class),

	SESSIONKIT_COOKIE(Applications.SessionKit.class, FLOOR_COOKIE, TOMCAT, "sessionkit.storage=cookie"),

	FLOOR_MEMORY(Applications.FloorMemory.class),

	SESSIONKIT_MEMORY(Applications.SessionKit.class, FLOOR_MEMORY, TOMCAT, "sessionkit.storage=memory",
			"sessionkit.memory.max-sessions=1000000"),

	FLOOR_FILE(Applications.FloorFile.class),

	SESSIONKIT_FILE(Applications.SessionKit.class, FLOOR_FILE, TOMCAT, "sessionkit.storage=file"),

	FLOOR_REDIS(Applications.FloorRedis.class),

	SPRING_REDIS(Applications.SpringRedis.class),

	SPRING_REDIS_JSON(Applications.SpringRedisJson.class),

	SPRING_REDIS_INDEXED(Applications.SpringRedisIndexed.class),

	SESSIONKIT_REDIS(Applications.SessionKit.class, FLOOR_REDIS, SPRING_REDIS, "sessionkit.storage=redis"),

	FLOOR_SQL(Applications.FloorSql.class),

	SPRING_SQL(Applications.SpringSql.class),

	SESSIONKIT_SQL(Applications.SessionKitSql.class, FLOOR_SQL, SPRING_SQL, "sessionkit.storage=jdbc",
			"sessionkit.jdbc.initialize-schema=always");

	/** What both cookies of 523 bytes of JSON have room for. */
	private static final int FAT_COOKIE = 2500;

	private static final int FAT = 3000;

	private static final int ID_COOKIE = 123;

	private static final int SEALED_COOKIE = 850;

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

	Variant(Class<?> application, Variant floor, Variant peer, String... properties) {
		this.application = application;
		this.properties = String.join(",", properties);
		this.floor = floor;
		this.peer = peer;
	}

	Class<?> application() {
		return this.application;
	}

	List<String> properties() {
		return this.properties.isEmpty() ? List.of() : List.of(this.properties.split(",", -1));
	}

	/** The least that does the same; itself where there is none. */
	Variant floor(LoadPath path) {
		if (path == LoadPath.NONE) {
			return isCookie() ? FLOOR_NONE_LONG : FLOOR_NONE;
		}
		return this.floor;
	}

	/** What people use today; itself where there is none. */
	Variant peer() {
		return this.peer;
	}

	boolean hasSession() {
		return this != FLOOR_NONE && this != FLOOR_NONE_LONG;
	}

	/** What a browser may send to an application without sessions. */
	String otherCookie() {
		return "other=" + "x".repeat((this == FLOOR_NONE_LONG) ? SEALED_COOKIE : ID_COOKIE);
	}

	/** Bytes of JSON that the largest sessions have. */
	int fat() {
		return isCookie() ? FAT_COOKIE : FAT;
	}

	private boolean isCookie() {
		return name().endsWith("COOKIE");
	}

	/** Those of one store run side by side, and are compared with each other. */
	String store() {
		if (isRedis()) {
			return "redis";
		}
		return isSql() ? "sql" : "none";
	}

	boolean isSessionKit() {
		return name().startsWith("SESSIONKIT");
	}

	/** Its sessions are in Redis. */
	public boolean isRedis() {
		return name().contains("REDIS");
	}

	/** Its sessions are in a database. */
	public boolean isSql() {
		return name().endsWith("SQL");
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** By its name as {@link #toString} has it. */
	public static Variant of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
