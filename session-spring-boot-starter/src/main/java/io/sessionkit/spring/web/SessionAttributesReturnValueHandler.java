package io.sessionkit.spring.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionAttributeStore;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.annotation.SessionAttributesHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.AbstractMessageConverterMethodProcessor;
import org.springframework.web.servlet.mvc.method.annotation.HttpHeadersReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitterReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBodyReturnValueHandler;

/**
 * Takes what {@link SessionAttributes} names into the session before the body of a
 * response is written. Spring does it once more afterwards, when a session that is in its
 * cookie can be changed no more, and one in a store only by a write of its own.
 */
final class SessionAttributesReturnValueHandler implements HandlerMethodReturnValueHandler {

	private static final List<Class<? extends HandlerMethodReturnValueHandler>> OF_BODIES = List.of(
			AbstractMessageConverterMethodProcessor.class, ResponseEntityReturnValueHandler.class,
			ResponseBodyEmitterReturnValueHandler.class, StreamingResponseBodyReturnValueHandler.class,
			HttpHeadersReturnValueHandler.class);

	private final List<HandlerMethodReturnValueHandler> others;

	private final HandlerMethodReturnValueHandlerComposite delegate;

	private final Supplier<SessionAttributeStore> store;

	private final Map<Class<?>, SessionAttributesHandler> attributes = new ConcurrentHashMap<>();

	/**
	 * Creates a handler that comes before others.
	 * @param others one of which then writes the body
	 * @param store where Spring keeps the attributes
	 */
	SessionAttributesReturnValueHandler(List<HandlerMethodReturnValueHandler> others,
			Supplier<SessionAttributeStore> store) {
		this.others = others;
		this.delegate = new HandlerMethodReturnValueHandlerComposite().addHandlers(others);
		this.store = store;
	}

	@Override
	public boolean supportsReturnType(MethodParameter returnType) {
		return attributes(returnType).hasSessionAttributes() && isBody(returnType);
	}

	private SessionAttributesHandler attributes(MethodParameter returnType) {
		return this.attributes.computeIfAbsent(returnType.getContainingClass(),
				(controller) -> new SessionAttributesHandler(controller, this.store.get()));
	}

	private boolean isBody(MethodParameter returnType) {
		for (HandlerMethodReturnValueHandler each : this.others) {
			if (each.supportsReturnType(returnType)) {
				return OF_BODIES.stream().anyMatch((type) -> type.isInstance(each));
			}
		}
		return false;
	}

	@Override
	public void handleReturnValue(@Nullable Object returnValue, MethodParameter returnType,
			ModelAndViewContainer container, NativeWebRequest request) throws Exception {
		HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
		RequestSession session = (servletRequest != null) ? RequestSession.find(servletRequest) : null;
		if (session != null && session.isHeldBack()) {
			store(attributes(returnType), container, request);
		}
		this.delegate.handleReturnValue(returnValue, returnType, container, request);
	}

	private static void store(SessionAttributesHandler attributes, ModelAndViewContainer container,
			NativeWebRequest request) {
		attributes.retrieveAttributes(request); // by which it learns their names
		if (container.getSessionStatus().isComplete()) {
			attributes.cleanupAttributes(request);
		}
		else {
			attributes.storeAttributes(request, container.getDefaultModel());
		}
	}

}
