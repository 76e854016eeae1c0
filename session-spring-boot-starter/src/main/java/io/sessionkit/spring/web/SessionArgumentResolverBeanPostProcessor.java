package io.sessionkit.spring.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.web.bind.support.DefaultSessionAttributeStore;
import org.springframework.web.bind.support.SessionAttributeStore;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.handler.HandlerExceptionResolverComposite;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Lets controller, model and exception handler methods have {@code Session} and
 * {@link SessionValue} parameters, resolves parameters with Spring's
 * {@code @SessionAttribute} from the session, and stores what {@code @SessionAttributes}
 * names before the body of a response. This is a post-processor because resolvers that
 * are added with a configurer come after Spring's own, which would resolve a
 * {@code @SessionValue Locale} to the locale of the request.
 */
public final class SessionArgumentResolverBeanPostProcessor implements BeanPostProcessor {

	private final List<HandlerMethodArgumentResolver> resolvers;

	private final Supplier<SessionAttributeStore> sessionAttributes;

	/**
	 * Creates the post-processor.
	 * @param beanFactory resolves placeholders in names and default values
	 */
	public SessionArgumentResolverBeanPostProcessor(ConfigurableBeanFactory beanFactory) {
		this.resolvers = List.of(new SessionArgumentResolver(), new SessionValueArgumentResolver(beanFactory),
				new SessionAttributeArgumentResolver());
		this.sessionAttributes = () -> beanFactory.getBeanProvider(SessionAttributeStore.class)
			.getIfUnique(DefaultSessionAttributeStore::new);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RequestMappingHandlerAdapter adapter) {
			adapter.setArgumentResolvers(withOurs(adapter.getArgumentResolvers()));
			adapter.setReturnValueHandlers(afterOurs(adapter.getReturnValueHandlers()));
		}
		else if (bean instanceof HandlerExceptionResolverComposite composite) {
			composite.getExceptionResolvers().forEach(this::addTo);
		}
		else if (bean instanceof HandlerExceptionResolver resolver) {
			addTo(resolver);
		}
		return bean;
	}

	private void addTo(HandlerExceptionResolver resolver) {
		if (resolver instanceof ExceptionHandlerExceptionResolver exceptionHandlers
				&& exceptionHandlers.getArgumentResolvers() != null) {
			exceptionHandlers.setArgumentResolvers(withOurs(exceptionHandlers.getArgumentResolvers().getResolvers()));
		}
	}

	private List<HandlerMethodReturnValueHandler> afterOurs(@Nullable List<HandlerMethodReturnValueHandler> present) {
		List<HandlerMethodReturnValueHandler> others = (present != null) ? List.copyOf(present) : List.of();
		List<HandlerMethodReturnValueHandler> all = new ArrayList<>(others.size() + 1);
		all.add(new SessionAttributesReturnValueHandler(others, this.sessionAttributes));
		all.addAll(others);
		return all;
	}

	private List<HandlerMethodArgumentResolver> withOurs(@Nullable List<HandlerMethodArgumentResolver> present) {
		List<HandlerMethodArgumentResolver> all = new ArrayList<>(this.resolvers);
		if (present != null) {
			all.addAll(present);
		}
		return all;
	}

}
