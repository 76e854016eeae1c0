package io.sessionkit.spring.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Looks at the two properties by which {@link ConditionalOnSessionStore} matches.
 */
final class OnSessionStoreCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String store = metadata.getAnnotations()
			.get(ConditionalOnSessionStore.class)
			.getEnum("value", SessionKitProperties.Storage.class)
			.value();
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnSessionStore.class, store);
		for (String property : List.of(SessionStorageAutoConfiguration.STORAGE,
				SessionStorageAutoConfiguration.REVOCATION)) {
			String named = context.getEnvironment().getProperty(property, "");
			if (letters(store).equalsIgnoreCase(letters(named))) {
				return ConditionOutcome.match(message.foundExactly(property));
			}
		}
		return ConditionOutcome.noMatch(message.because("no property names it"));
	}

	/** What counts when Spring Boot binds an enum. */
	private static String letters(String name) {
		return name.replaceAll("[-_]", "");
	}

}
