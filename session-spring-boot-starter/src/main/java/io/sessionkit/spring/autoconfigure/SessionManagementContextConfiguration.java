package io.sessionkit.spring.autoconfigure;

import java.util.Objects;

import io.sessionkit.spring.web.CurrentSession;
import io.sessionkit.spring.web.SessionFilter;
import io.sessionkit.spring.web.JsonFlashMapManager;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;
import org.springframework.web.filter.RequestContextFilter;

/**
 * Provides the session on a separate management port, since the filter chains of Spring
 * Security also run there and ask the session for the user.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(CurrentSession.class)
final class SessionManagementContextConfiguration {

	private static final ResolvableType REGISTRATION = ResolvableType.forClassWithGenerics(FilterRegistrationBean.class,
			SessionFilter.class);

	/** Registers the application's filter again, whoever has defined it. */
	@Bean
	FilterRegistrationBean<SessionFilter> managementSessionFilter(HierarchicalBeanFactory beanFactory) {
		BeanFactory application = Objects.requireNonNull(beanFactory.getParentBeanFactory(), "no application");
		ObjectProvider<FilterRegistrationBean<SessionFilter>> registrations = application.getBeanProvider(REGISTRATION);
		FilterRegistrationBean<SessionFilter> registered = registrations.getIfAvailable();
		SessionFilter filter = (registered != null) ? registered.getFilter() : null;
		FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(
				(filter != null) ? filter : application.getBean(SessionFilter.class));
		registration.setOrder(SessionFilter.ORDER);
		registration.setDispatcherTypes(SessionWebAutoConfiguration.DISPATCHER_TYPES);
		return registration;
	}

	/**
	 * Allows filter chains to use {@link CurrentSession}, as on the application's port.
	 */
	@Bean
	static FilterRegistrationBean<RequestContextFilter> managementRequestContextFilter() {
		FilterRegistrationBean<RequestContextFilter> registration = new FilterRegistrationBean<>(
				new RequestContextFilter());
		registration.setOrder(SessionFilter.ORDER + 1);
		return registration;
	}

	/**
	 * Uses the bean of the application, which is hidden by the bean of the same name in
	 * this context.
	 */
	@Bean
	static UnreadFlashMaps managementFlashMaps(HierarchicalBeanFactory beanFactory) {
		return new UnreadFlashMaps(Objects.requireNonNull(beanFactory.getParentBeanFactory(), "no application")
			.getBeanProvider(JsonFlashMapManager.class));
	}

	/** Only if the application has this bean. */
	@Bean
	@ConditionalOnBean(SilentDispatcherServletBeanPostProcessor.class)
	static SilentDispatcherServletBeanPostProcessor silentManagementDispatcherServlet() {
		return new SilentDispatcherServletBeanPostProcessor();
	}

}
