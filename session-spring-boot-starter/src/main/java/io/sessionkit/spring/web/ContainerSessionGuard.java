package io.sessionkit.spring.web;

import java.lang.StackWalker.StackFrame;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.ServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a second session is no accident.
 */
final class ContainerSessionGuard {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.spring.web.SessionFilter");

	private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

	private final ContainerSession policy;

	private final AtomicBoolean warned = new AtomicBoolean();

	ContainerSessionGuard(ContainerSession policy) {
		this.policy = policy;
	}

	/** Right before the container opens a session. */
	void opening() {
		if (this.policy == ContainerSession.REFUSE) {
			throw new IllegalStateException(caller() + " asks for the servlet container's session, which "
					+ "sessionkit.http-session=refuse does not allow; use io.sessionkit.Session there, or set "
					+ "sessionkit.http-session=warn");
		}
		if (this.policy == ContainerSession.WARN && this.warned.compareAndSet(false, true)) {
			logger.warn("{} opens a session of the servlet container, a second one beside SessionKit's and with a "
					+ "cookie of its own; use io.sessionkit.Session there, or set sessionkit.http-session=refuse to "
					+ "find all such code, =allow if it is meant to be. (Said once.)", caller());
		}
	}

	/** The first that is no request, nor a wrapper of one. */
	private static String caller() {
		return STACK.walk((frames) -> frames.filter(ContainerSessionGuard::isCaller).findFirst())
			.map((frame) -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
			.orElse("Some code");
	}

	private static boolean isCaller(StackFrame frame) {
		Class<?> type = frame.getDeclaringClass();
		return type != ContainerSessionGuard.class && !ServletRequest.class.isAssignableFrom(type);
	}

}
