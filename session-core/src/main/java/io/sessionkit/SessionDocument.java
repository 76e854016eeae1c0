package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The JSON of a session, {@code [values, flash, meta?, attributes?]}: two maps, some
 * facts about the session, and the attributes of libraries. Values stay their original
 * bytes. What a newer version has added, in the metadata or as further elements, is kept.
 */
final class SessionDocument {

	private static final String CREATED = "c";

	private static final String LIFE = "l";

	private static final String SUBJECT = "s";

	private static final String SINCE = "t";

	private static final String CLASSES = "k";

	private static final String ATTRIBUTE_CLASSES = "q";

	/** The number of digits of the latest time. */
	private static final int MAX_DIGITS = 13;

	private static final int ROOM_FOR_META = 64;

	private final Map<String, JsonSlice> values = new LinkedHashMap<>();

	private final StoredClasses classes = new StoredClasses();

	private final Map<String, JsonSlice> flash = new LinkedHashMap<>();

	private final StoredAttributes attributes = new StoredAttributes();

	private Map<String, JsonSlice> unknownMeta = Map.of();

	private List<JsonSlice> unknownElements = List.of();

	private @Nullable Instant created;

	private @Nullable Duration life;

	private @Nullable String subject;

	private @Nullable Instant since;

	/**
	 * Reads a document.
	 * @return {@code null} if it is malformed in any way
	 */
	static @Nullable SessionDocument parse(byte[] bytes, int offset, int length) {
		SessionDocument document = new SessionDocument();
		try (JsonParser parser = SessionJson.documentParser(bytes, offset, length)) {
			if (!document.read(parser, bytes, offset)) {
				return null;
			}
			ReservedNames.moveToAttributes(document);
			return document;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

	private boolean read(JsonParser parser, byte[] bytes, int offset) {
		if (parser.nextToken() != JsonToken.START_ARRAY || !readMap(parser, bytes, offset, this.values)
				|| !readMap(parser, bytes, offset, this.flash)) {
			return false;
		}
		JsonToken token = parser.nextToken();
		if (token != JsonToken.END_ARRAY) {
			Map<String, JsonSlice> meta = new LinkedHashMap<>();
			if (!readMeta(token, parser, bytes, offset, meta)) {
				return false;
			}
			takeKnown(meta);
			token = parser.nextToken();
			if (token != JsonToken.END_ARRAY && !readMapFrom(token, parser, bytes, offset, this.attributes.marked())) {
				return false;
			}
			while (token != JsonToken.END_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
				this.unknownElements = new ArrayList<>(this.unknownElements);
				this.unknownElements.add(slice(parser, bytes, offset));
			}
		}
		return parser.nextToken() == null;
	}

	private static boolean readMap(JsonParser parser, byte[] bytes, int offset, Map<String, JsonSlice> map) {
		return readMapFrom(parser.nextToken(), parser, bytes, offset, map);
	}

	private static boolean readMapFrom(@Nullable JsonToken start, JsonParser parser, byte[] bytes, int offset,
			Map<String, JsonSlice> map) {
		if (start != JsonToken.START_OBJECT) {
			return false;
		}
		String name = parser.nextName();
		while (name != null) {
			parser.nextToken();
			if (map.put(Names.wellFormed(name), slice(parser, bytes, offset)) != null) {
				return false;
			}
			name = parser.nextName();
		}
		return true;
	}

	/** As of any map, but the classes go where they belong at once. */
	private boolean readMeta(@Nullable JsonToken start, JsonParser parser, byte[] bytes, int offset,
			Map<String, JsonSlice> meta) {
		if (start != JsonToken.START_OBJECT) {
			return false;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			StoredClasses of = name.equals(CLASSES) ? this.classes
					: name.equals(ATTRIBUTE_CLASSES) ? this.attributes.classes() : null;
			boolean isRead = (of != null) ? readClasses(token, parser, bytes, offset, of)
					: meta.put(Names.wellFormed(name), slice(parser, bytes, offset)) == null;
			if (!isRead) {
				return false;
			}
		}
		return true;
	}

	private static boolean readClasses(@Nullable JsonToken start, JsonParser parser, byte[] bytes, int offset,
			StoredClasses classes) {
		Map<String, JsonSlice> byName = new LinkedHashMap<>();
		if (!classes.byName().isEmpty() || !readMapFrom(start, parser, bytes, offset, byName)) {
			return false;
		}
		classes.setAll(byName);
		return true;
	}

	static JsonSlice slice(JsonParser parser, byte[] bytes, int offset) {
		int start = (int) parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		int end = (int) parser.currentLocation().getByteOffset();
		return new JsonSlice(bytes, offset + start, end - start);
	}

	private void takeKnown(Map<String, JsonSlice> meta) {
		JsonSlice created = meta.remove(CREATED);
		this.created = (created != null) ? Instant.ofEpochSecond(number(created)) : null;
		JsonSlice life = meta.remove(LIFE);
		this.life = (life != null) ? Duration.ofSeconds(number(life)) : null;
		JsonSlice subject = meta.remove(SUBJECT);
		this.subject = (subject != null) ? text(subject) : null;
		JsonSlice since = meta.remove(SINCE);
		this.since = (since != null) ? Instant.ofEpochSecond(number(since)) : null;
		this.unknownMeta = meta;
	}

	private static String text(JsonSlice json) {
		if (SessionJson.view(json) instanceof String text) {
			return Names.wellFormed(text);
		}
		throw new IllegalArgumentException("not a text");
	}

	/** Reads a number that consists of digits alone, which needs no parser. */
	private static long number(JsonSlice json) {
		long number = (json.length() <= MAX_DIGITS) ? 0 : -1;
		for (int i = json.offset(); number >= 0 && i < json.offset() + json.length(); i++) {
			int digit = json.bytes()[i] - '0';
			number = (digit >= 0 && digit <= 9) ? number * 10 + digit : -1;
		}
		if (number < 0 || number >= Lifetimes.MAX_EPOCH_SECOND) {
			throw new IllegalArgumentException("not a number of seconds");
		}
		return number;
	}

	byte[] toBytes() {
		ByteArrayOutputStream out = new ByteArrayOutputStream(
				size(this.values) + size(this.flash) + ROOM_FOR_META + size(this.attributes.marked()));
		out.write('[');
		writeMap(out, this.values);
		out.write(',');
		writeMap(out, this.flash);
		writeMeta(out);
		if (!this.attributes.isEmpty() || !this.unknownElements.isEmpty()) {
			out.write(',');
			writeMap(out, this.attributes.marked());
		}
		for (JsonSlice element : this.unknownElements) {
			out.write(',');
			element.writeTo(out);
		}
		out.write(']');
		byte[] bytes = out.toByteArray();
		SessionJson.requireFewTokens(bytes);
		return bytes;
	}

	/** Estimates the size. Names are usually short and need no escaping. */
	private static int size(Map<String, JsonSlice> map) {
		int size = 0;
		for (Map.Entry<String, JsonSlice> entry : map.entrySet()) {
			size += entry.getKey().length() + entry.getValue().length() + 4;
		}
		return size;
	}

	private void writeMeta(ByteArrayOutputStream out) {
		boolean known = this.created != null || this.life != null || this.subject != null || this.since != null
				|| !this.classes.byName().isEmpty() || !this.attributes.classes().byName().isEmpty();
		if (!known && this.unknownMeta.isEmpty() && this.attributes.isEmpty() && this.unknownElements.isEmpty()) {
			return;
		}
		Map<String, JsonSlice> meta = new LinkedHashMap<>();
		if (this.created != null) {
			meta.put(CREATED, JsonSlice.of(this.created.getEpochSecond()));
		}
		if (this.life != null) {
			meta.put(LIFE, JsonSlice.of(this.life.toSeconds()));
		}
		if (this.subject != null) {
			meta.put(SUBJECT, JsonSlice.ofText(this.subject));
		}
		if (this.since != null) {
			meta.put(SINCE, JsonSlice.of(this.since.getEpochSecond()));
		}
		putClasses(meta, CLASSES, this.classes);
		putClasses(meta, ATTRIBUTE_CLASSES, this.attributes.classes());
		meta.putAll(this.unknownMeta);
		out.write(',');
		writeMap(out, meta);
	}

	private static void putClasses(Map<String, JsonSlice> meta, String key, StoredClasses classes) {
		if (!classes.byName().isEmpty()) {
			ByteArrayOutputStream out = new ByteArrayOutputStream(size(classes.byName()) + 2);
			writeMap(out, classes.byName());
			meta.put(key, JsonSlice.of(out.toByteArray()));
		}
	}

	private static void writeMap(ByteArrayOutputStream out, Map<String, JsonSlice> map) {
		out.write('{');
		boolean first = true;
		for (Map.Entry<String, JsonSlice> entry : map.entrySet()) {
			if (!first) {
				out.write(',');
			}
			first = false;
			JsonSlice.writeText(out, entry.getKey());
			out.write(':');
			entry.getValue().writeTo(out);
		}
		out.write('}');
	}

	SessionDocument copy() {
		SessionDocument copy = new SessionDocument();
		copy.values.putAll(this.values);
		copy.classes.setAll(this.classes.byName());
		copy.flash.putAll(this.flash);
		copy.attributes.marked().putAll(this.attributes.marked());
		copy.attributes.classes().setAll(this.attributes.classes().byName());
		copy.unknownMeta = this.unknownMeta; // not changed any more
		copy.unknownElements = this.unknownElements;
		copy.created = this.created;
		copy.life = this.life;
		copy.subject = this.subject;
		copy.since = this.since;
		return copy;
	}

	Map<String, JsonSlice> values() {
		return this.values;
	}

	/** Returns the class ids of the values. */
	StoredClasses classes() {
		return this.classes;
	}

	Map<String, JsonSlice> flash() {
		return this.flash;
	}

	StoredAttributes attributes() {
		return this.attributes;
	}

	Set<String> names() {
		return Collections.unmodifiableSet(new LinkedHashSet<>(this.values.keySet()));
	}

	Set<String> flashNames() {
		return Collections.unmodifiableSet(new LinkedHashSet<>(this.flash.keySet()));
	}

	boolean isEmpty() {
		return this.values.isEmpty() && this.flash.isEmpty() && this.attributes.isEmpty() && this.subject == null;
	}

	/** Returns when the session was created; {@code null} if the cookie says it. */
	@Nullable Instant created() {
		return this.created;
	}

	void created(Instant created) {
		this.created = created;
	}

	/**
	 * Returns the session's own timeout; {@code null} for that of the storage; zero for
	 * that of the storage, with a cookie that the browser forgets when it closes.
	 */
	@Nullable Duration life() {
		return this.life;
	}

	void life(Duration life) {
		this.life = life;
	}

	/** Returns the principal name; {@code null} if there is none. */
	@Nullable String subject() {
		return this.subject;
	}

	void subject(@Nullable String subject) {
		this.subject = subject;
	}

	/**
	 * Returns when the session got its principal name; {@code null} if it had it when it
	 * was created.
	 */
	@Nullable Instant since() {
		return this.since;
	}

	void since(@Nullable Instant since) {
		this.since = since;
	}

	Map<String, Integer> bytesPerKey() {
		Map<String, Integer> sizes = new LinkedHashMap<>();
		for (Map<String, JsonSlice> map : List.of(this.values, this.flash, this.attributes.marked())) {
			map.forEach((name, json) -> sizes.merge(
					(map == this.attributes.marked()) ? StoredAttributes.plain(name) : name,
					json.length() + JsonStringEncoder.getInstance().quoteAsUTF8(name).length + 4, Integer::sum));
		}
		return sizes;
	}

}
