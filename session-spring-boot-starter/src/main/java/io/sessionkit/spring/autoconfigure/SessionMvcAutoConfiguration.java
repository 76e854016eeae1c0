package io.sessionkit.spring.autoconfigure;

import java.util.List;
import java.util.Locale;

import io.sessionkit.SessionStorage;
import io.sessionkit.spring.web.RenderingInterceptor;
import io.sessionkit.spring.web.JsonFlashMapManager;
import io.sessionkit.spring.web.WithoutRenewalInterceptor;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionService;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration for what Spring Web MVC itself keeps in the session: redirect
 * attributes and {@code @SessionAttributes}. It runs before Spring Boot's
 * auto-configuration, which would use the session of the container.
 */
@AutoConfiguration(after = SessionStorageAutoConfiguration.class,
		beforeName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(SessionStorage.class)
@EnableConfigurationProperties(SessionKitProperties.class)
public final class SessionMvcAutoConfiguration {

	private static final String MARKER_SUFFIX = "-flash";

	/** Replaces Spring's bean of that name if {@code EnableWebMvc} defines it. */
	@Bean
	static UnreadFlashMaps unreadFlashMaps(ObjectProvider<JsonFlashMapManager> flashMaps) {
		return new UnreadFlashMaps(flashMaps);
	}

	@Bean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
	@ConditionalOnMissingBean(name = DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
	JsonFlashMapManager flashMapManager(SessionKitProperties properties, ObjectProvider<ServletContext> servlets,
			BeanFactory beanFactory, @Qualifier("mvcConversionService") ObjectProvider<ConversionService> conversion) {
		return flashMaps(properties, servlets, beanFactory, conversion);
	}

	@Bean
	@ConditionalOnMissingBean
	JsonFlashMapManager sessionFlashMaps(SessionKitProperties properties, ObjectProvider<ServletContext> servlets,
			BeanFactory beanFactory, @Qualifier("mvcConversionService") ObjectProvider<ConversionService> conversion) {
		return flashMaps(properties, servlets, beanFactory, conversion);
	}

	private static JsonFlashMapManager flashMaps(SessionKitProperties properties,
			ObjectProvider<ServletContext> servlets, BeanFactory beanFactory,
			ObjectProvider<ConversionService> conversion) {
		SessionKitProperties.Cookie cookie = properties.cookie();
		String contextPath = SessionStorageAutoConfiguration.contextPath(servlets);
		ResponseCookie marker = ResponseCookie.from(properties.cookieName(contextPath) + MARKER_SUFFIX, "1")
			.path(cookie.pathOr(contextPath))
			.domain(cookie.domain())
			.secure(cookie.secure())
			.httpOnly(true)
			.partitioned(cookie.partitioned())
			.sameSite(
					cookie.sameSite().name().charAt(0) + cookie.sameSite().name().substring(1).toLowerCase(Locale.ROOT))
			.build();
		return new JsonFlashMapManager(marker,
				AutoConfigurationPackages.has(beanFactory) ? AutoConfigurationPackages.get(beanFactory) : List.of(),
				conversion::getIfAvailable);
	}

	/** Comes first, so that other interceptors see the same attributes as the handler. */
	@Bean
	WebMvcConfigurer typedFlashAttributes(ObjectProvider<JsonFlashMapManager> flashMaps) {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				flashMaps.ifUnique((ours) -> registry.addInterceptor(ours).order(Ordered.HIGHEST_PRECEDENCE));
			}

		};
	}

	@Bean
	WebMvcConfigurer sessionInterceptors() {
		return new WebMvcConfigurer() {

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(new WithoutRenewalInterceptor());
				registry.addInterceptor(new RenderingInterceptor());
			}

		};
	}

}
