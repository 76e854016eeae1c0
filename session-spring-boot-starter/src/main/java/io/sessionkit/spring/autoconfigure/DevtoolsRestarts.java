package io.sessionkit.spring.autoconfigure;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.util.ClassUtils;

/**
 * What outlives the restarts of {@code spring-boot-devtools}, which begin a new
 * application in the same process.
 */
final class DevtoolsRestarts {

	private static final boolean PRESENT = ClassUtils.isPresent("org.springframework.boot.devtools.restart.Restarter",
			DevtoolsRestarts.class.getClassLoader());

	private DevtoolsRestarts() {
	}

	/**
	 * Gives what was kept, and keeps what is made the first time.
	 * @return {@code null} if nothing restarts this application
	 */
	static @Nullable String keep(String name, Supplier<String> maker) {
		return PRESENT ? Tools.keep(name, maker) : null;
	}

	/** Only loaded where the developer tools are there. */
	private static final class Tools {

		static @Nullable String keep(String name, Supplier<String> maker) {
			Restarter restarter = active();
			return (restarter != null) ? (String) restarter.getOrAddAttribute(name, maker::get) : null;
		}

		/** One that was turned off has no URLs. */
		private static @Nullable Restarter active() {
			try {
				Restarter restarter = Restarter.getInstance();
				return (restarter.getInitialUrls() != null) ? restarter : null;
			}
			catch (IllegalStateException ex) {
				return null; // never initialized, as in tests
			}
		}

	}

}
