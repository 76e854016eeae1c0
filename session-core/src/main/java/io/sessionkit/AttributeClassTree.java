package io.sessionkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The class ids of a JSON value, stored beside it. As JSON, a tree is an id, or an array
 * of an id and what is below it. The id is empty if the declared type determines the
 * class. Below are either one tree that applies to all elements, or an object with the
 * trees of those elements that have one, by name or index. A long id that occurred before
 * is replaced by a number, its position among the long ids.
 */
final class AttributeClassTree {

	/** The limit, in bytes. */
	static final int MAX_SIZE = 1 << 16;

	private static final int MAX_DEPTH = 2 * SessionJson.MAX_DEPTH;

	private static final JsonFactory TREES = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxDocumentLength(MAX_SIZE)
			.maxStringLength(2 * AttributeClasses.MAX_NAME_LENGTH + 2)
			.maxNameLength(SessionJson.MAX_BYTES)
			.maxNumberLength(5)
			.maxTokenCount(SessionJson.MAX_TOKENS)
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private String id = "";

	private Map<String, AttributeClassTree> children = Map.of();

	/** The tree of all elements, if it was read in that form. */
	private @Nullable AttributeClassTree all;

	/** The object whose elements the children are, while it is written. */
	private @Nullable Object holder;

	String id() {
		return this.id;
	}

	void id(String id) {
		this.id = id;
	}

	boolean isLeaf() {
		return this.all == null && this.children.isEmpty();
	}

	/** Returns the tree of the value that is about to be written. */
	AttributeClassTree toWrite(TokenStreamContext context) {
		return context.inRoot() ? this : holder(context).child(context, context.getEntryCount());
	}

	private AttributeClassTree holder(TokenStreamContext context) {
		TokenStreamContext parent = Objects.requireNonNull(context.getParent());
		AttributeClassTree tree = parent.inRoot() ? this : holder(parent).child(parent, parent.getCurrentIndex());
		tree.holder = context.currentValue();
		return tree;
	}

	private AttributeClassTree child(TokenStreamContext context, int index) {
		String name = context.inArray() ? String.valueOf(index) : context.currentName();
		return children().computeIfAbsent(name, (key) -> new AttributeClassTree());
	}

	private Map<String, AttributeClassTree> children() {
		if (this.children.isEmpty()) {
			this.children = new LinkedHashMap<>();
		}
		return this.children;
	}

	/**
	 * Returns the tree of the value that is being read.
	 * @return {@code null} if it has none
	 */
	@Nullable AttributeClassTree toRead(TokenStreamContext context) {
		if (context.inRoot()) {
			return this;
		}
		AttributeClassTree tree = toRead(Objects.requireNonNull(context.getParent()));
		if (tree == null || tree.all != null) {
			return (tree != null) ? tree.all : null;
		}
		return tree.children.get(context.inArray() ? String.valueOf(context.getCurrentIndex()) : context.currentName());
	}

	/** Returns all ids, sorted. */
	List<String> ids() {
		List<String> ids = new ArrayList<>();
		collect(ids);
		Collections.sort(ids);
		return ids;
	}

	private void collect(List<String> ids) {
		if (!this.id.isEmpty()) {
			ids.add(this.id);
		}
		this.children.values().forEach((child) -> child.collect(ids));
		if (this.all != null) {
			this.all.collect(ids);
		}
	}

	JsonSlice toJson() {
		if (isLeaf()) {
			JsonSlice plain = JsonSlice.ofPlain(this.id);
			return (plain != null) ? plain : JsonSlice.ofText(this.id);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		writeTo(out, new HashMap<>());
		return JsonSlice.of(out.toByteArray());
	}

	private void writeTo(ByteArrayOutputStream out, Map<String, Integer> known) {
		if (isLeaf()) {
			writeId(out, known);
			return;
		}
		out.write('[');
		writeId(out, known);
		out.write(',');
		AttributeClassTree first = this.children.values().iterator().next();
		if (this.children.size() == size(this.holder) && this.children.values().stream().allMatch(first::isSame)) {
			first.writeTo(out, known);
		}
		else {
			char separator = '{';
			for (Map.Entry<String, AttributeClassTree> child : this.children.entrySet()) {
				out.write(separator);
				JsonSlice.writeText(out, child.getKey());
				out.write(':');
				child.getValue().writeTo(out, known);
				separator = ',';
			}
			out.write('}');
		}
		out.write(']');
	}

	private void writeId(ByteArrayOutputStream out, Map<String, Integer> known) {
		Integer place = isLong(this.id) ? known.putIfAbsent(this.id, known.size()) : null;
		if (place != null) {
			out.writeBytes(place.toString().getBytes(StandardCharsets.US_ASCII));
		}
		else {
			JsonSlice.writeText(out, this.id);
		}
	}

	private static boolean isLong(String id) {
		return id.length() > 3;
	}

	/** Does not count {@code null}, which needs no class. */
	private static int size(@Nullable Object holder) {
		Collection<?> elements = (holder instanceof Map<?, ?> map) ? map.values()
				: (holder instanceof Collection<?> collection) ? collection
						: (holder instanceof Object[] array) ? Arrays.asList(array) : List.of();
		return (int) elements.stream().filter(Objects::nonNull).count();
	}

	boolean isSame(AttributeClassTree other) {
		if (this == other) {
			return true;
		}
		if (!this.id.equals(other.id) || !this.children.keySet().equals(other.children.keySet())) {
			return false;
		}
		return this.children.entrySet()
			.stream()
			.allMatch((child) -> child.getValue().isSame(Objects.requireNonNull(other.children.get(child.getKey()))));
	}

	/**
	 * Reads a stored tree.
	 * @throws RuntimeException if it is malformed
	 */
	static AttributeClassTree of(JsonSlice json) {
		require(json.length() > 1 && json.length() <= MAX_SIZE);
		if (json.isPlainText()) { // the case of most values; an unknown id does no harm
			AttributeClassTree tree = new AttributeClassTree();
			tree.id = json.plainText();
			return tree;
		}
		try (JsonParser parser = TREES.createParser(ObjectReadContext.empty(), json.bytes(), json.offset(),
				json.length())) {
			parser.nextToken();
			AttributeClassTree tree = read(parser, new ArrayList<>());
			require(parser.nextToken() == null);
			return tree;
		}
	}

	private static AttributeClassTree read(JsonParser parser, List<String> known) {
		AttributeClassTree tree = new AttributeClassTree();
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			tree.id = readId(parser, known);
			return tree;
		}
		parser.nextToken();
		tree.id = readId(parser, known);
		if (parser.nextToken() == JsonToken.START_OBJECT) {
			while (parser.nextToken() != JsonToken.END_OBJECT) {
				String name = parser.currentName();
				parser.nextToken();
				tree.children().put(name, read(parser, known));
			}
		}
		else {
			tree.all = read(parser, known);
		}
		require(parser.nextToken() == JsonToken.END_ARRAY);
		return tree;
	}

	private static String readId(JsonParser parser, List<String> known) {
		if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
			return known.get(parser.getIntValue());
		}
		require(parser.currentToken() == JsonToken.VALUE_STRING);
		String id = parser.getString();
		if (isLong(id)) {
			known.add(id);
		}
		return id;
	}

	private static void require(boolean isSo) {
		if (!isSo) {
			throw new IllegalArgumentException("malformed");
		}
	}

}
