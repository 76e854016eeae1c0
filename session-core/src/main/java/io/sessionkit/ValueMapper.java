package io.sessionkit;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashSet;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TimeZone;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * The mapper of values before any customizer. The defaults of Jackson suit documents from
 * others. Here an object has to be the same when it is read again.
 */
final class ValueMapper {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.Session");

	private static final String KOTLIN = "tools.jackson.module.kotlin.KotlinModule";

	private ValueMapper() {
	}

	static JsonMapper.Builder builder(JsonFactory factory) {
		JsonMapper.Builder builder = JsonMapper.builder(factory)
			// A stream or a service has no properties. It is a mistake and not an empty
			// object.
			.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
			.enable(MapperFeature.USE_GETTERS_AS_SETTERS)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			// A class may get a property that stored values lack.
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
			.disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			// A label is for people and may be renamed.
			.disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
			.disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
			.addHandler(new EnumLabels())
			.accessorNaming(new DefaultAccessorNamingStrategy.Provider().withBaseNameValidator(ValueMapper::isProperty))
			// As an address, because a name would have to be looked up on each read.
			.withConfigOverride(java.net.InetAddress.class,
					(config) -> config.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.NUMBER)))
			.addModule(new Inclusion().addAbstractTypeMapping(Set.class, LinkedHashSet.class)
				.addSerializer(Calendar.class, new CalendarSerializer())
				.addDeserializer(Calendar.class, new CalendarDeserializer<>(Calendar.class))
				.addDeserializer(GregorianCalendar.class, new CalendarDeserializer<>(GregorianCalendar.class)));
		addKotlin(builder);
		return builder;
	}

	/**
	 * Accepts also {@code getaName}, which editors generate for {@code aName}, but not
	 * {@code getaway}. The methods of a builder may have no prefix.
	 */
	private static boolean isProperty(char first, String method, int offset) {
		return offset == 0 || !Character.isLetter(first) || Character.isUpperCase(first)
				|| (offset + 1 < method.length() && Character.isUpperCase(method.charAt(offset + 1)));
	}

	/** Adds no other module that happens to be on the class path. */
	private static void addKotlin(JsonMapper.Builder builder) {
		try {
			ServiceLoader.load(JacksonModule.class, ValueMapper.class.getClassLoader())
				.stream()
				.filter((module) -> module.type().getName().equals(KOTLIN))
				.findFirst()
				.ifPresent((module) -> builder.addModule(module.get()));
		}
		catch (ServiceConfigurationError | LinkageError ex) {
			logger.warn("Jackson's module for Kotlin cannot be loaded ({}), so that values that need it are refused",
					ex.toString());
		}
	}

	/**
	 * Writes empty values even if a class excludes them from documents, because they
	 * would be read back as {@code null}.
	 */
	private static final class Inclusion extends SimpleModule {

		private static final long serialVersionUID = 1L;

		Inclusion() {
			super("sessionkit");
		}

		@Override
		public void setupModule(SetupContext context) {
			super.setupModule(context);
			context.insertAnnotationIntrospector(new AllButNull());
		}

	}

	private static final class AllButNull extends NopAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
			JsonInclude include = annotated.getAnnotation(JsonInclude.class);
			return (include != null)
					? JsonInclude.Value.construct(allButNull(include.value()), allButNull(include.content()))
					: JsonInclude.Value.empty();
		}

		private static JsonInclude.Include allButNull(JsonInclude.Include include) {
			boolean leavesOut = include == JsonInclude.Include.NON_EMPTY || include == JsonInclude.Include.NON_DEFAULT;
			return leavesOut ? JsonInclude.Include.NON_NULL : include;
		}

	}

	/** Reads an enum constant that was written by its label. */
	private static final class EnumLabels extends DeserializationProblemHandler {

		@Override
		public Object handleWeirdStringValue(DeserializationContext context, Class<?> type, String text,
				String message) {
			return constant(type, text);
		}

		@Override
		public Object handleWeirdKey(DeserializationContext context, Class<?> type, String text, String message) {
			return constant(type, text);
		}

		private static Object constant(Class<?> type, String label) {
			if (type.isEnum()) {
				for (Object constant : type.getEnumConstants()) {
					if (label.equals(constant.toString())) {
						return constant;
					}
				}
			}
			return NOT_HANDLED;
		}

	}

	/** Replaces the serializer of Jackson, which loses the time zone. */
	private static final class CalendarSerializer extends StdScalarSerializer<Calendar> {

		CalendarSerializer() {
			super(Calendar.class);
		}

		@Override
		public void serialize(Calendar value, JsonGenerator generator, SerializationContext context) {
			if (value.getClass() != GregorianCalendar.class) {
				context.reportBadDefinition(value.getClass(), "only a Gregorian calendar can be kept");
			}
			ZonedDateTime moment = value.toInstant().atZone(value.getTimeZone().toZoneId());
			generator.writeString(DateTimeFormatter.ISO_ZONED_DATE_TIME.format(moment));
		}

	}

	private static final class CalendarDeserializer<T extends Calendar> extends StdDeserializer<T> {

		CalendarDeserializer(Class<T> type) {
			super(type);
		}

		@Override
		@SuppressWarnings("unchecked") // there is only one kind of calendar
		public T deserialize(JsonParser parser, DeserializationContext context) {
			ZonedDateTime moment = ZonedDateTime.parse(parser.getValueAsString(""));
			ZoneId zone = moment.getZone();
			Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
			calendar.setTimeInMillis(moment.toInstant().toEpochMilli());
			return (T) calendar;
		}

	}

}
