package io.sessionkit.spring.autoconfigure;

import java.time.InstantSource;
import java.util.Map;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.spring.autoconfigure.SessionKitProperties.Storage;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration for test slices such as {@code @WebMvcTest}, which keep sessions or
 * revocations in memory if the properties select a store, since a slice has no connection
 * to the store. Nobody shares this memory, so {@code sessionkit.format} is ignored. Only
 * test slices load this class.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class)
@Conditional(SliceStorageAutoConfiguration.StoreIsElsewhere.class)
@ConditionalOnMissingBean({ SessionStorage.class, SessionIdStorageStrategy.class })
public final class SliceStorageAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor wireOfSlice(ConfigurableEnvironment environment) {
		return (beanFactory) -> environment.getPropertySources()
			.addFirst(new MapPropertySource("sessionKitSlice", Map.of(FormatProperty.NAME, CookieFormat.DEFAULT)));
	}

	@Bean(SessionStorageAutoConfiguration.STRATEGY_BEAN)
	SessionIdStorageStrategy memoryStorageStrategy(SessionKitProperties properties) {
		MemoryStorageStrategy memory = new MemoryStorageStrategy(properties.memory().maxSessions(),
				InstantSource.system());
		return (properties.storage() == Storage.COOKIE || properties.storage().isConsistent()) ? memory
				: new Inconsistent(memory);
	}

	/** Cannot find sessions by principal name, like the store of the application. */
	private record Inconsistent(MemoryStorageStrategy memory) implements SessionIdStorageStrategy {

		@Override
		public boolean createData(String key, SessionRecord record) {
			return this.memory.createData(key, record);
		}

		@Override
		public @Nullable SessionRecord readData(String key) {
			return this.memory.readData(key);
		}

		@Override
		public UpdateOutcome updateData(String key, SessionRecord record) {
			return this.memory.updateData(key, record);
		}

		@Override
		public void deleteData(String key) {
			this.memory.deleteData(key);
		}

		@Override
		public boolean isConsistent() {
			return false;
		}

	}

	/**
	 * Matches if sessions or revocations are kept neither in the cookie nor in memory.
	 */
	static final class StoreIsElsewhere extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ChosenStorage chosen = ChosenStorage.of(context.getEnvironment());
			return new ConditionOutcome(isElsewhere(chosen.sessions()) || isElsewhere(chosen.revocation()),
					ConditionMessage.forCondition("Slice").because("the properties select " + chosen));
		}

		private static boolean isElsewhere(@Nullable Storage storage) {
			return storage != null && storage != Storage.COOKIE && storage != Storage.MEMORY;
		}

	}

}
