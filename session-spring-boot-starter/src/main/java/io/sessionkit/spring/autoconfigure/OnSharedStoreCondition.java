package io.sessionkit.spring.autoconfigure;

import io.sessionkit.cookie.CookieWire;
import io.sessionkit.spring.autoconfigure.SessionKitProperties.Storage;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Looks at the two properties by which {@link ConditionalOnSharedStore} matches.
 */
final class OnSharedStoreCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean wanted = metadata.getAnnotations().get(ConditionalOnSharedStore.class).getBoolean("value");
		Binder binder = Binder.get(context.getEnvironment());
		CookieWire wire = binder.bind("sessionkit.wire", CookieWire.class).orElse(CookieWire.SEALED);
		Storage storage = binder.bind(SessionStorageAutoConfiguration.STORAGE, Storage.class).orElse(Storage.COOKIE);
		boolean shared = wire != CookieWire.SEALED && storage != Storage.COOKIE;
		return new ConditionOutcome(shared == wanted, ConditionMessage.forCondition(ConditionalOnSharedStore.class)
			.because("the wire is " + wire + " and the storage " + storage));
	}

}
