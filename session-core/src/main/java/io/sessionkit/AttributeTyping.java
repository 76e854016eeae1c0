package io.sessionkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TreeNode;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.TypeResolverBuilder;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.ReferenceType;
import tools.jackson.databind.type.TypeFactory;

/**
 * Makes Jackson store classes beside the JSON. If a value does not have the class that
 * its declared type determines, its class id is stored in a tree at the same place, and
 * is found there again. The JSON itself contains no ids.
 *
 * <p>
 * An id may have a parameter after a semicolon: the class of the keys of a map, of the
 * constants of an enum set, or of the content of an {@code Optional}.
 */
final class AttributeTyping implements TypeResolverBuilder<AttributeTyping> {

	/** The attribute of a writer that holds a {@link Recording}. */
	private static final Object RECORDING = new Object();

	private static final String OPTIONAL = "o;";

	private static final int MAX_CACHED = 64;

	/**
	 * The classes that Jackson creates for an interface, so that their ids are not
	 * needed.
	 */
	private static final Map<Class<?>, Class<?>> IMPLIED = Map.of(List.class, ArrayList.class, Collection.class,
			ArrayList.class, Set.class, LinkedHashSet.class, Map.class, LinkedHashMap.class, SortedSet.class,
			TreeSet.class, NavigableSet.class, TreeSet.class, SortedMap.class, TreeMap.class, NavigableMap.class,
			TreeMap.class);

	private final AttributeClasses classes;

	/** The ids of allowed classes whose values are read back with the same class. */
	private final Map<Class<?>, String> ownIds = new ConcurrentHashMap<>();

	private final Map<String, ObjectReader> readers = new ConcurrentHashMap<>();

	private AttributeTyping(AttributeClasses classes) {
		this.classes = classes;
	}

	/** Collects the class ids while a value is written. */
	record Recording(String attribute, AttributeClassTree tree) {
	}

	/**
	 * A type of its own, so that no resolver of the application takes the id for one of
	 * its names.
	 */
	private record ClassId(String id) {
	}

	static AttributeTyping of(AttributeClasses classes) {
		return new AttributeTyping(classes);
	}

	JsonMapper addedTo(JsonMapper mapper) {
		return mapper.rebuild()
			.setDefaultTyping(this)
			// Classes that were serialized by their fields may have no getters.
			.enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
			.changeDefaultVisibility((visible) -> visible.withFieldVisibility(JsonAutoDetect.Visibility.ANY))
			.addModule(
					new SimpleModule("sessionkit-classes").setSerializerModifier(new AskedForTypes.NothingIsImplied())
						.setDeserializerModifier(new AskedForTypes.NothingIsGuessed()))
			.build();
	}

	/**
	 * Writes a value with its class.
	 * @param seen as in {@link RoundTrip.Way}
	 */
	byte[] write(ObjectWriter plain, Object value, @Nullable List<UnwrittenFields.Seen> seen, Recording recording) {
		recording.tree().id(explicitId(recording.attribute(), value));
		ObjectWriter writer = plain.withAttribute(RECORDING, recording);
		return ((seen != null) ? writer.withAttribute(UnwrittenFields.SEEN, seen) : writer).writeValueAsBytes(value);
	}

	/**
	 * Reads a value with the classes of its tree.
	 * @throws RuntimeException if it does not fit
	 */
	@Nullable Object read(JsonMapper mapper, JsonSlice json, AttributeClassTree tree) {
		ObjectReader reader = this.readers.get(tree.id());
		if (reader == null) {
			reader = mapper.readerFor(type(tree.id(), mapper.constructType(Object.class), mapper.getTypeFactory()));
			if (this.readers.size() >= MAX_CACHED) {
				this.readers.clear();
			}
			this.readers.put(tree.id(), reader);
		}
		return tree.isLeaf() ? reader.readValue(json.bytes(), json.offset(), json.length()) : reader
			.readValue(new TypedParser(reader.createParser(json.bytes(), json.offset(), json.length()), tree));
	}

	private String explicitId(String attribute, Object value) {
		String own = this.ownIds.get(value.getClass());
		if (own != null) {
			return own + parameter(attribute, value, null);
		}
		Class<?> type = AttributeClasses.of(value);
		String id = this.classes.id(type);
		if (id == null) {
			throw new AttributeTypeException(attribute, type.getName());
		}
		if (type == value.getClass()) {
			this.ownIds.put(type, id);
		}
		return id + parameter(attribute, value, null);
	}

	/** Returns the id of a value at a place; empty if the place determines it. */
	private String id(String attribute, Object value, JavaType base) {
		Class<?> type = AttributeClasses.of(value);
		String parameter = parameter(attribute, value, base);
		return (parameter.isEmpty() && isImplied(type, base)) ? "" : explicitId(attribute, value);
	}

	private static boolean isImplied(Class<?> type, JavaType base) {
		if (base.hasRawClass(type) || IMPLIED.get(base.getRawClass()) == type) {
			return true;
		}
		boolean isNatural = type == String.class || type == Boolean.class || type == Integer.class;
		return (isNatural && !base.isConcrete())
				|| (base.isJavaLangObject() && (type == ArrayList.class || type == LinkedHashMap.class || isNatural));
	}

	private String parameter(String attribute, Object value, @Nullable JavaType base) {
		if (value instanceof SortedSet<?> set) {
			requireNaturalOrder(attribute, value, set.comparator());
		}
		else if (value instanceof Set<?> set && AttributeClasses.of(value) == EnumSet.class && !isKey(base)) {
			boolean isEmpty = value instanceof EnumSet && set.isEmpty();
			return ";" + only(attribute, value, isEmpty ? EnumSet.complementOf((EnumSet<?>) value) : set);
		}
		else if (value instanceof Map<?, ?> map) {
			if (map instanceof SortedMap<?, ?> sorted) {
				requireNaturalOrder(attribute, value, sorted.comparator());
			}
			if (map instanceof Properties properties && properties.stringPropertyNames().size() != properties.size()) {
				throw refused(attribute, value,
						"has defaults, or entries that are not text, which would be lost; keep a Map");
			}
			return isKey(base) ? "" : keys(attribute, map);
		}
		else if (value instanceof Optional<?> optional) {
			Object content = optional.orElse(null);
			if (content == null || content instanceof Optional) {
				throw refused(attribute, value,
						"is empty or contains another Optional, which cannot be read back; keep the value "
								+ "itself, or null");
			}
			return ";" + explicitId(attribute, content);
		}
		return "";
	}

	/**
	 * Returns whether the declared type determines the class of the keys or constants.
	 */
	private static boolean isKey(@Nullable JavaType base) {
		JavaType key = (base == null) ? null : (base.getKeyType() != null) ? base.getKeyType() : base.getContentType();
		return key != null && (key.isEnumType() || (key.isConcrete() && !key.isJavaLangObject()));
	}

	private String keys(String attribute, Map<?, ?> map) {
		if (map instanceof Properties || (map.isEmpty() && !(map instanceof EnumMap))) {
			return "";
		}
		return (map.keySet().iterator().hasNext() && map.keySet().iterator().next() instanceof String
				&& map.keySet().stream().allMatch(String.class::isInstance)) ? ""
						: ";" + only(attribute, map, map.keySet());
	}

	/** Returns the id of the class that all elements have. */
	private String only(String attribute, Object value, Collection<?> all) {
		Class<?> only = null;
		for (Object each : all) {
			Class<?> type = (each != null) ? AttributeClasses.of(each) : null;
			if (type == null || (only != null && only != type)) {
				throw refused(attribute, value,
						"has keys of more than one class, or a null key; use keys of one class");
			}
			only = type;
		}
		if (only == null) {
			throw refused(attribute, value, "is empty, so that the class of its constants is not known; use a HashMap "
					+ "or a HashSet, or a field that declares it");
		}
		String id = this.classes.id(only);
		if (id == null) {
			throw new AttributeTypeException(attribute, only.getName());
		}
		return id;
	}

	private static void requireNaturalOrder(String attribute, Object value, @Nullable Comparator<?> comparator) {
		if (comparator != null && comparator != Comparator.naturalOrder()) {
			throw refused(attribute, value, "is sorted by a comparator, which would be lost; use the natural order of "
					+ "its elements, or keep a list");
		}
	}

	private static SessionSerializationException refused(String attribute, Object value, String why) {
		return new SessionSerializationException("The value of '%s' is, or contains, a %s that %s"
			.formatted(Names.shown(attribute), value.getClass().getName(), why));
	}

	/**
	 * Returns the type for an id at a place.
	 * @throws IllegalArgumentException if it is not allowed there
	 */
	private JavaType type(String id, JavaType base, TypeFactory types) {
		int end = id.indexOf(';');
		Class<?> type = this.classes.find((end < 0) ? id : id.substring(0, end));
		Class<?> parameter = (type != null && end >= 0) ? this.classes.find(parameter(id)) : null;
		if (type == null || (end >= 0 && parameter == null)) {
			throw new IllegalArgumentException("not allowed");
		}
		if (parameter == null) {
			return base.isJavaLangObject() ? types.constructType(type) : types.constructSpecializedType(base, type);
		}
		if (!base.getRawClass().isAssignableFrom(type)) {
			throw new IllegalArgumentException("no subtype");
		}
		if (type == Optional.class) {
			return ReferenceType.construct(Optional.class, null, types.constructType(Object.class), new JavaType[0],
					types.constructType(parameter));
		}
		if (type == EnumSet.class) {
			return types.constructCollectionType(EnumSet.class, parameter);
		}
		JavaType content = (base.getContentType() != null) ? base.getContentType() : types.constructType(Object.class);
		return types.constructMapType(type.asSubclass(Map.class), types.constructType(parameter), content);
	}

	/** Returns the parameter of an id, without the parameter's own parameter. */
	private static String parameter(String id) {
		String parameter = id.substring(id.indexOf(';') + 1);
		return (parameter.indexOf(';') < 0) ? parameter : parameter.substring(0, parameter.indexOf(';'));
	}

	/**
	 * Finds an id in a tree whose class is not allowed or does not exist.
	 * @return its name; {@code null} if there is none
	 */
	@Nullable String unknown(AttributeClassTree tree) {
		for (String id : tree.ids()) {
			for (String name : id.split(";", -1)) {
				if (this.classes.find(name) == null) {
					return name;
				}
			}
		}
		return null;
	}

	private static boolean isTyped(JavaType type) {
		if (type.isArrayType()) {
			return isTyped(type.getContentType()) && !type.getContentType().isPrimitive();
		}
		return !type.isPrimitive() && !type.isReferenceType() && !type.isEnumType()
				&& !TreeNode.class.isAssignableFrom(type.getRawClass()) && (type.isJavaLangObject() || !type.isFinal());
	}

	@Override
	public @Nullable TypeSerializer buildTypeSerializer(SerializationContext context, JavaType base,
			Collection<NamedType> subtypes) {
		return isTyped(base) ? new Writer(base) : null;
	}

	@Override
	public @Nullable TypeDeserializer buildTypeDeserializer(DeserializationContext context, JavaType base,
			Collection<NamedType> subtypes) {
		return isTyped(base) ? new Reader(base, null) : null;
	}

	@Override
	public @Nullable Class<?> getDefaultImpl() {
		return null;
	}

	@Override
	public AttributeTyping init(JsonTypeInfo.Value settings, TypeIdResolver resolver) {
		return this;
	}

	@Override
	public AttributeTyping withDefaultImpl(Class<?> type) {
		return this;
	}

	@Override
	public AttributeTyping withSettings(JsonTypeInfo.Value settings) {
		return this;
	}

	/** Writes a value as if it had no type, and the id into the tree. */
	private final class Writer extends TypeSerializer {

		private final JavaType base;

		Writer(JavaType base) {
			this.base = base;
		}

		@Override
		public TypeSerializer forProperty(SerializationContext context, BeanProperty property) {
			return this;
		}

		@Override
		public WritableTypeId writeTypePrefix(JsonGenerator generator, SerializationContext context,
				WritableTypeId typeId) {
			Object value = typeId.forValue;
			if (context.getAttribute(RECORDING) instanceof Recording recording) {
				String id = id(recording.attribute(), value, this.base);
				if (!id.isEmpty()) {
					AttributeClassTree tree = recording.tree().toWrite(generator.streamWriteContext());
					if (tree.id().isEmpty()) { // not the content of an Optional
						tree.id(id);
					}
				}
			}
			if (typeId.valueShape == JsonToken.START_OBJECT) {
				generator.writeStartObject(value);
			}
			else if (typeId.valueShape == JsonToken.START_ARRAY) {
				generator.writeStartArray(value);
			}
			return typeId;
		}

		@Override
		public WritableTypeId writeTypeSuffix(JsonGenerator generator, SerializationContext context,
				WritableTypeId typeId) {
			if (typeId.valueShape == JsonToken.START_OBJECT) {
				generator.writeEndObject();
			}
			else if (typeId.valueShape == JsonToken.START_ARRAY) {
				generator.writeEndArray();
			}
			return typeId;
		}

		@Override
		public JsonTypeInfo.As getTypeInclusion() {
			return JsonTypeInfo.As.PROPERTY;
		}

		@Override
		public @Nullable String getPropertyName() {
			return null;
		}

		@Override
		public @Nullable TypeIdResolver getTypeIdResolver() {
			return null;
		}

	}

	/** Reads a value as its id in the tree says, or else as the declared type. */
	private final class Reader extends TypeDeserializer {

		private final JavaType base;

		private final @Nullable BeanProperty property;

		private final Map<String, ValueDeserializer<Object>> deserializers = new ConcurrentHashMap<>();

		Reader(JavaType base, @Nullable BeanProperty property) {
			this.base = base;
			this.property = property;
		}

		@Override
		public TypeDeserializer forProperty(BeanProperty property) {
			return (property == this.property) ? this : new Reader(this.base, property);
		}

		@Override
		public @Nullable Object deserializeTypedFromAny(JsonParser parser, DeserializationContext context) {
			String id = (parser.canReadTypeId() && parser.getTypeId() instanceof ClassId known) ? known.id() : "";
			if (id.startsWith(OPTIONAL) && !this.base.getRawClass().isAssignableFrom(Optional.class)) {
				id = parameter(id);
			}
			if (id.isEmpty() && !this.base.isConcrete()) {
				Object natural = deserializeIfNatural(parser, context, this.base);
				if (natural != null) {
					return natural;
				}
			}
			String key = (!id.isEmpty() || !this.base.isJavaLangObject()) ? id
					: parser.isExpectedStartArrayToken() ? "al" : parser.isExpectedStartObjectToken() ? "lm" : id;
			ValueDeserializer<Object> deserializer = this.deserializers.get(key);
			if (deserializer == null) {
				JavaType type = key.isEmpty() ? this.base : type(key, this.base, context.getTypeFactory());
				deserializer = context.findContextualValueDeserializer(type, this.property);
				if (this.deserializers.size() >= MAX_CACHED) {
					this.deserializers.clear();
				}
				this.deserializers.put(key, deserializer);
			}
			return deserializer.deserialize(parser, context);
		}

		@Override
		public @Nullable Object deserializeTypedFromObject(JsonParser parser, DeserializationContext context) {
			return deserializeTypedFromAny(parser, context);
		}

		@Override
		public @Nullable Object deserializeTypedFromArray(JsonParser parser, DeserializationContext context) {
			return deserializeTypedFromAny(parser, context);
		}

		@Override
		public @Nullable Object deserializeTypedFromScalar(JsonParser parser, DeserializationContext context) {
			return deserializeTypedFromAny(parser, context);
		}

		@Override
		public JsonTypeInfo.As getTypeInclusion() {
			return JsonTypeInfo.As.PROPERTY;
		}

		@Override
		public @Nullable String getPropertyName() {
			return null;
		}

		@Override
		public @Nullable TypeIdResolver getTypeIdResolver() {
			return null;
		}

		@Override
		public @Nullable Class<?> getDefaultImpl() {
			return null;
		}

	}

	/**
	 * Finds the ids by the position of the parser, so that they are also found in tokens
	 * that Jackson buffers.
	 */
	private static final class TypedParser extends JsonParserDelegate {

		private final AttributeClassTree tree;

		TypedParser(JsonParser parser, AttributeClassTree tree) {
			super(parser);
			this.tree = tree;
		}

		@Override
		public boolean canReadTypeId() {
			return true;
		}

		@Override
		public @Nullable Object getTypeId() {
			JsonToken token = currentToken();
			if (token == null || token == JsonToken.PROPERTY_NAME || token.isStructEnd()) {
				return null;
			}
			TokenStreamContext context = streamReadContext();
			AttributeClassTree here = this.tree.toRead(token.isStructStart() ? context.getParent() : context);
			return (here == null || here == this.tree || here.id().isEmpty()) ? null : new ClassId(here.id());
		}

	}

}
