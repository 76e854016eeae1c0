package io.sessionkit.spring.autoconfigure;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.util.ClassUtils;

/**
 * Keeps values across restarts by {@code spring-boot-devtools}, which start a new
 * application in the same JVM.
 */
final class DevtoolsRestarts {

	private static final boolean PRESENT = ClassUtils.isPresent("org.springframework.boot.devtools.restart.Restarter",
			DevtoolsRestarts.class.getClassLoader());

	private DevtoolsRestarts() {
	}

	/**
	 * Returns the kept value, which is created the first time.
	 * @return the value; {@code null} if the application is not restarted by the
	 * developer tools
	 */
	static @Nullable String keep(String name, Supplier<String> maker) {
		return PRESENT ? Tools.keep(name, maker) : null;
	}

	/** Loaded only if the developer tools are present. */
	private static final class Tools {

		static @Nullable String keep(String name, Supplier<String> maker) {
			Restarter restarter = active();
			return (restarter != null) ? (String) restarter.getOrAddAttribute(name, maker::get) : null;
		}

		/** Returns the active restarter. If it is disabled, it has no URLs. */
		private static @Nullable Restarter active() {
			try {
				Restarter restarter = Restarter.getInstance();
				return (restarter.getInitialUrls() != null) ? restarter : null;
			}
			catch (IllegalStateException ex) {
				return null; // not initialized, as in tests
			}
		}

	}

}
