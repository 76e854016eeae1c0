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
 * The session on a management port of its own. That server runs the filter chains of
 * Spring Security too, which ask the session who it is.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(CurrentSession.class)
final class SessionManagementContextConfiguration {

	private static final ResolvableType REGISTRATION = ResolvableType.forClassWithGenerics(FilterRegistrationBean.class,
			SessionFilter.class);

	/** The application's filter once more, whoever made it. */
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

	/** For {@link CurrentSession} in the filter chains, as on the application's port. */
	@Bean
	static FilterRegistrationBean<RequestContextFilter> managementRequestContextFilter() {
		FilterRegistrationBean<RequestContextFilter> registration = new FilterRegistrationBean<>(
				new RequestContextFilter());
		registration.setOrder(SessionFilter.ORDER + 1);
		return registration;
	}

	/** Of the application, whose bean that of this context hides by its name. */
	@Bean
	static UnreadFlashMaps managementFlashMaps(HierarchicalBeanFactory beanFactory) {
		return new UnreadFlashMaps(Objects.requireNonNull(beanFactory.getParentBeanFactory(), "no application")
			.getBeanProvider(JsonFlashMapManager.class));
	}

	@Bean
	@ConditionalOnBean(SilentDispatcherServletBeanPostProcessor.class) // of the
																		// application
	static SilentDispatcherServletBeanPostProcessor silentManagementDispatcherServlet() {
		return new SilentDispatcherServletBeanPostProcessor();
	}

}
