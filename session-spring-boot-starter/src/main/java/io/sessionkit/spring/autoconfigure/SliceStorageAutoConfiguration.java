package io.sessionkit.spring.autoconfigure;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.CookieWire;
import io.sessionkit.spring.autoconfigure.SessionKitProperties.Storage;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Records in memory for a slice of the application, as {@code @WebMvcTest} starts it: it
 * has no connection to the store that the properties name, for sessions or for their
 * revocation. Nobody shares that memory, so that {@code sessionkit.wire} does not count.
 * Only such tests load this.
 */
@AutoConfiguration(before = SessionStorageAutoConfiguration.class)
@Conditional(SliceStorageAutoConfiguration.StoreIsElsewhere.class)
@ConditionalOnMissingBean({ SessionStorage.class, SessionIdStorageStrategy.class })
public final class SliceStorageAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor wireOfSlice(ConfigurableEnvironment environment) {
		return (beanFactory) -> environment.getPropertySources()
			.addFirst(new MapPropertySource("sessionKitSlice", Map.of(WireProperty.NAME, CookieWire.SEALED)));
	}

	@Bean(SessionStorageAutoConfiguration.STRATEGY_BEAN)
	SessionIdStorageStrategy memoryStorageStrategy(SessionKitProperties properties) {
		CloudflareKvStorageAutoConfiguration.requireNoRevocation(properties);
		MemoryStorageStrategy memory = new MemoryStorageStrategy(properties.memory().maxSessions(),
				InstantSource.system());
		return (properties.storage() == Storage.CLOUDFLARE_KV) ? new Unlisted(memory) : memory;
	}

	/** Cannot find the sessions of a subject, as the store of the application cannot. */
	private record Unlisted(MemoryStorageStrategy memory) implements SessionIdStorageStrategy {

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

	}

	/** Neither in the cookie nor in memory. */
	static final class StoreIsElsewhere extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Binder binder = Binder.get(context.getEnvironment());
			List<Storage> elsewhere = Stream
				.of(SessionStorageAutoConfiguration.STORAGE, SessionStorageAutoConfiguration.REVOCATION)
				.map((property) -> binder.bind(property, Storage.class).orElse(Storage.COOKIE))
				.filter((storage) -> storage != Storage.COOKIE && storage != Storage.MEMORY)
				.toList();
			return new ConditionOutcome(!elsewhere.isEmpty(),
					ConditionMessage.forCondition("Slice").because("the stores elsewhere are " + elsewhere));
		}

	}

}
