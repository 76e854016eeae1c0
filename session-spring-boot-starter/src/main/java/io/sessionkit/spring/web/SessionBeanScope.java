package io.sessionkit.spring.web;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.sessionkit.AttributeTypeException;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.Session;
import io.sessionkit.SessionSerializationException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.Scope;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * The scope {@code session}. For each request that uses a bean, its factory creates a new
 * instance, so that its dependencies are injected. The fields of the bean are then set to
 * the state in the session. The state consists of all fields that are not static,
 * transient or injected. Changed state is stored when the session is saved. A bean that
 * is still as its factory created it is not stored.
 *
 * <p>
 * Destruction callbacks run when the session ends by {@code invalidate()} or
 * {@code destroy()}. They do not run when it expires, which happens outside of any
 * request. They do not run either if the session was not read and there are no session
 * listeners.
 */
public final class SessionBeanScope implements Scope {

	private static final Logger logger = LoggerFactory.getLogger(SessionBeanScope.class);

	private static final String PREFIX = "scope.";

	private static final String PROXIED = "scopedTarget.";

	private static final Set<String> INJECTING = Set.of("Autowired", "Inject", "Value", "Resource",
			"PersistenceContext", "PersistenceUnit");

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Creates the scope.
	 * @param beanFactory the bean factory, which determines whether the value of a field
	 * is a bean and thus injected
	 */
	public SessionBeanScope(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * The session beans that one request uses.
	 */
	private static final class Beans {

		private final Session session;

		private final Map<String, Kept> byName = new HashMap<>();

		private final Map<String, Runnable> callbacks = new LinkedHashMap<>();

		/** Converts states to JSON for comparison. */
		private final LibraryAttributes scratch;

		Beans(Session session, Session scratch) {
			this.session = session;
			this.scratch = LibraryAttributes.of(scratch);
		}

	}

	/**
	 * A bean with its state.
	 *
	 * @param state the fields that contain the state
	 * @param first the JSON of the state that the factory created; {@code null} if the
	 * session contains a state
	 */
	private record Kept(String name, Object bean, Object target, List<Field> state, @Nullable Object first) {
	}

	@Override
	public Object get(String name, ObjectFactory<?> objectFactory) {
		Beans beans = beans();
		synchronized (beans) {
			Kept kept = beans.byName.get(name);
			if (kept == null) {
				kept = make(beans, name, objectFactory.getObject());
				beans.byName.put(name, kept);
			}
			return kept.bean();
		}
	}

	/**
	 * Returns a bean behind a proxy as the attribute of {@code HttpSession} that Spring's
	 * own scope makes of it, which templates read.
	 * @return the bean; {@code null} if the session has none
	 */
	static @Nullable Object attribute(Session session, HttpServletRequest request, String name) {
		if (!name.startsWith(PROXIED) || RequestContextHolder.getRequestAttributes() == null) {
			return null;
		}
		Beans beans = known(session, request);
		boolean isThere = (beans != null && beans.byName.containsKey(name))
				|| LibraryAttributes.of(session).has(PREFIX + name);
		WebApplicationContext context = isThere
				? WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()) : null;
		return (context != null && context.containsBean(name)) ? context.getBean(name) : null;
	}

	/** Removes a bean behind a proxy. The next use creates another one. */
	static void removeAttribute(Session session, HttpServletRequest request, String name) {
		if (name.startsWith(PROXIED)) {
			Beans beans = known(session, request);
			if (beans != null) {
				synchronized (beans) {
					beans.byName.remove(name);
					beans.callbacks.remove(name);
				}
			}
			forget(session, name);
		}
	}

	private static @Nullable Beans known(Session session, HttpServletRequest request) {
		return request.getAttribute(SessionBeanScope.class.getName()) instanceof Beans beans && beans.session == session
				? beans : null;
	}

	/**
	 * Creates the beans of a session that is about to end, so that their callbacks can
	 * run.
	 */
	static void awaken(Session session, ServletContext servlets) {
		if (RequestContextHolder.getRequestAttributes() == null) {
			return; // a bean of the scope cannot be created here
		}
		WebApplicationContext context = WebApplicationContextUtils.getWebApplicationContext(servlets);
		for (String stored : LibraryAttributes.of(session).names()) {
			String name = stored.startsWith(PREFIX) ? stored.substring(PREFIX.length()) : "";
			if (context != null && context.containsBean(name)) {
				try {
					context.getBean(name);
				}
				catch (BeansException ex) {
					logger.warn("The session bean '{}' could not be created for its destruction callbacks. The session "
							+ "ends without them.", name, ex);
				}
			}
		}
	}

	private static Beans beans() {
		HttpServletRequest request = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
			.getRequest();
		RequestSession requestSession = RequestSession.of(request);
		Session session = requestSession.current();
		Beans known = known(session, request);
		if (known != null) {
			return known;
		}
		Beans beans = new Beans(session, requestSession.scratch());
		request.setAttribute(SessionBeanScope.class.getName(), beans);
		requestSession.beforeCommit(() -> store(beans));
		requestSession.beforeEnd(() -> end(beans, request));
		return beans;
	}

	/** Nothing of the beans is left for whoever uses the request afterwards. */
	private static void end(Beans beans, HttpServletRequest request) {
		List<Runnable> callbacks = List.copyOf(beans.callbacks.values());
		beans.callbacks.clear();
		beans.byName.clear();
		request.removeAttribute(SessionBeanScope.class.getName());
		callbacks.forEach(Runnable::run);
	}

	private Kept make(Beans beans, String name, Object bean) {
		Object target = Objects.requireNonNullElse(AopProxyUtils.getSingletonTarget(bean), bean);
		List<Field> state = state(target);
		LibraryAttributes attributes = LibraryAttributes.of(beans.session);
		if (!(attributes.get(PREFIX + name) instanceof List<?> stored)) {
			return new Kept(name, bean, target, state, json(beans, values(target, state)));
		}
		for (Field field : state) {
			if (stored.contains(field.getName())) {
				ReflectionUtils.setField(field, target, attributes.getObject(stored(name, field.getName())));
			}
		}
		return new Kept(name, bean, target, state, null);
	}

	private static String stored(String name, String field) {
		return PREFIX + name + "." + field;
	}

	/**
	 * Returns the JSON of a state for comparison. A state that cannot be stored yet may
	 * change.
	 */
	private static Object json(Beans beans, Map<String, @Nullable Object> values) {
		try {
			Map<String, @Nullable Object> json = new HashMap<>();
			values.forEach((field, value) -> {
				if (value != null) {
					beans.scratch.setObject(PREFIX, value);
				}
				json.put(field, (value != null) ? beans.scratch.get(PREFIX) : null);
			});
			return json;
		}
		catch (AttributeTypeException | SessionSerializationException ex) {
			return ex;
		}
	}

	private List<Field> state(Object target) {
		List<Field> fields = new ArrayList<>();
		for (Class<?> type = target.getClass(); type != null && !isOfOthers(type); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (isState(field) && field.trySetAccessible()
						&& !isInjected(field, ReflectionUtils.getField(field, target))) {
					fields.add(field);
				}
			}
		}
		return fields;
	}

	private static boolean isOfOthers(Class<?> type) {
		return type.getName().startsWith("java.") || type.getName().startsWith("org.springframework.");
	}

	private static boolean isState(Field field) {
		return !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())
				&& !field.isSynthetic() && field.getName().indexOf('$') < 0;
	}

	private boolean isInjected(Field field, @Nullable Object value) {
		for (Annotation annotation : field.getAnnotations()) {
			if (INJECTING.contains(annotation.annotationType().getSimpleName())) {
				return true;
			}
		}
		return value instanceof BeanFactory || value instanceof ObjectFactory || AopUtils.isAopProxy(value)
				|| (value != null && isBean(this.beanFactory, value));
	}

	/** Whether the value is an existing bean, possibly of a parent context. */
	private static boolean isBean(ListableBeanFactory beanFactory, Object value) {
		return beanFactory.getBeanProvider(value.getClass())
			.stream(ObjectProvider.UNFILTERED, false)
			.anyMatch((bean) -> bean == value);
	}

	private static Map<String, @Nullable Object> values(Object target, List<Field> state) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (Field field : state) {
			values.put(field.getName(), ReflectionUtils.getField(field, target));
		}
		return values;
	}

	private static void store(Beans beans) {
		if (beans.session.isDestroyed()) {
			return;
		}
		for (Kept kept : beans.byName.values()) {
			Map<String, @Nullable Object> values = values(kept.target(), kept.state());
			if (kept.first() == null || !kept.first().equals(json(beans, values))) {
				store(beans.session, kept.name(), values);
			}
		}
	}

	private static void store(Session session, String name, Map<String, @Nullable Object> values) {
		try {
			LibraryAttributes attributes = LibraryAttributes.of(session);
			List<String> fields = List.copyOf(values.keySet());
			if (!fields.equals(attributes.get(PREFIX + name))) {
				attributes.set(PREFIX + name, fields);
			}
			values.forEach((field, value) -> {
				if (value != null) {
					attributes.setObject(stored(name, field), value);
				}
				else {
					attributes.remove(stored(name, field));
				}
			});
		}
		catch (AttributeTypeException | SessionSerializationException ex) {
			throw new IllegalArgumentException("The session bean '" + name + "' cannot be stored: " + ex.getMessage()
					+ ". Make the field transient, or allow its class with sessionkit.http-session.allowed-types", ex);
		}
	}

	@Override
	public @Nullable Object remove(String name) {
		Beans beans = beans();
		synchronized (beans) {
			Kept kept = beans.byName.remove(name);
			beans.callbacks.remove(name);
			forget(beans.session, name);
			return (kept != null) ? kept.bean() : null;
		}
	}

	private static void forget(Session session, String name) {
		LibraryAttributes attributes = LibraryAttributes.of(session);
		attributes.names().stream().filter((each) -> each.startsWith(PREFIX + name + ".")).forEach(attributes::remove);
		attributes.remove(PREFIX + name);
	}

	@Override
	public void registerDestructionCallback(String name, Runnable callback) {
		Beans beans = beans();
		synchronized (beans) {
			beans.callbacks.put(name, callback);
		}
	}

	@Override
	public @Nullable Object resolveContextualObject(String key) {
		return RequestContextHolder.currentRequestAttributes().resolveReference(key);
	}

	@Override
	public String getConversationId() {
		return RequestContextHolder.currentRequestAttributes().getSessionId();
	}

}
