package io.sessionkit.spring.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.context.IContext;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.context.IEngineContextFactory;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.engine.TemplateData;
import org.thymeleaf.web.IWebExchange;
import org.thymeleaf.web.servlet.IServletWebExchange;

/**
 * Lets {@code ${session.name}} find the values of our session, which is read when a
 * template asks for one.
 *
 * @param contexts what makes the contexts
 */
record TemplateContexts(IEngineContextFactory contexts) implements IEngineContextFactory {

	@Override
	public IEngineContext createEngineContext(IEngineConfiguration configuration, TemplateData templateData,
			Map<String, Object> templateResolutionAttributes, IContext context) {
		return this.contexts.createEngineContext(configuration, templateData, templateResolutionAttributes,
				(context instanceof IWebContext web && web.getExchange() instanceof IServletWebExchange exchange
						&& exchange.getNativeRequestObject() instanceof HttpServletRequest request)
								? new Context(web,
										new TemplateExchange(exchange, new TemplateSession(exchange, request)))
								: context);
	}

	private record Context(IWebContext context, IWebExchange exchange) implements IWebContext {

		@Override
		public IWebExchange getExchange() {
			return this.exchange;
		}

		@Override
		public Locale getLocale() {
			return this.context.getLocale();
		}

		@Override
		public boolean containsVariable(String name) {
			return this.context.containsVariable(name);
		}

		@Override
		public Set<String> getVariableNames() {
			return this.context.getVariableNames();
		}

		@Override
		public Object getVariable(String name) {
			return this.context.getVariable(name);
		}

	}

}
