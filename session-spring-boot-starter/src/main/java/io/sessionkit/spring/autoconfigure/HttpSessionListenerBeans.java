package io.sessionkit.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.server.servlet.WebListenerRegistrar;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.ClassUtils;

/**
 * Finds the session listeners that the application registers with Spring Boot: as beans,
 * with a {@link ServletListenerRegistrationBean}, or with {@code @WebListener} and
 * {@code @ServletComponentScan}. For the latter, the container creates instances of its
 * own. These are never called, since the container has no sessions.
 */
final class HttpSessionListenerBeans {

	private static final String SCANNING = "org.springframework.boot.web.server.servlet.WebListenerRegistrar";

	private static final Logger logger = LoggerFactory.getLogger(HttpSessionListenerBeans.class);

	private HttpSessionListenerBeans() {
	}

	static List<Object> find(ListableBeanFactory beanFactory) {
		Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Class<?> type : List.of(HttpSessionListener.class, HttpSessionIdListener.class,
				HttpSessionAttributeListener.class)) {
			beanFactory.getBeanProvider(type).forEach(found::add);
		}
		beanFactory.getBeanProvider(ServletListenerRegistrationBean.class).forEach((registration) -> {
			EventListener listener = registration.getListener();
			if (registration.isEnabled() && listener != null && isOfSessions(listener.getClass())) {
				found.add(listener);
			}
		});
		List<Object> all = new ArrayList<>(found);
		AnnotationAwareOrderComparator.sort(all);
		if (ClassUtils.isPresent(SCANNING, null)) { // absent without embedded server
			beanFactory.getBeanProvider(WebListenerRegistrar.class)
				.forEach((registrar) -> registrar.register((names) -> add(all, names)));
		}
		return all;
	}

	private static void add(List<Object> all, String... names) {
		for (String name : names) {
			try {
				Class<?> type = ClassUtils.forName(name, ClassUtils.getDefaultClassLoader());
				if (isOfSessions(type)) {
					all.add(BeanUtils.instantiateClass(type));
				}
			}
			catch (ClassNotFoundException | LinkageError | RuntimeException ex) {
				logger.warn("The listener {} is not called for any session, since it cannot be created", name, ex);
			}
		}
	}

	private static boolean isOfSessions(Class<?> type) {
		return HttpSessionListener.class.isAssignableFrom(type) || HttpSessionIdListener.class.isAssignableFrom(type)
				|| HttpSessionAttributeListener.class.isAssignableFrom(type);
	}

}
