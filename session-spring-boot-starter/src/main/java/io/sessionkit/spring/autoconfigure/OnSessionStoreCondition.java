package io.sessionkit.spring.autoconfigure;

import java.io.IOException;
import java.util.Map;

import io.sessionkit.spring.autoconfigure.SessionKitProperties.Storage;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * The condition of {@link ConditionalOnSessionStore}, which evaluates two properties.
 */
final class OnSessionStoreCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Storage store = store(metadata.getAnnotations().get(ConditionalOnSessionStore.class));
		ChosenStorage chosen = ChosenStorage.of(context.getEnvironment());
		return new ConditionOutcome(chosen.needs(store),
				ConditionMessage.forCondition(ConditionalOnSessionStore.class, store)
					.because("the properties select " + chosen));
	}

	private static Storage store(MergedAnnotation<ConditionalOnSessionStore> annotation) {
		return annotation.getEnum("value", Storage.class);
	}

	/**
	 * Returns the annotation of a store's auto-configuration, even if that cannot be
	 * loaded.
	 */
	static MergedAnnotation<ConditionalOnSessionStore> find(Storage store) throws IOException {
		ClassLoader classLoader = OnSessionStoreCondition.class.getClassLoader();
		MetadataReaderFactory classes = MetadataReaderFactory.create(classLoader);
		for (String name : ImportCandidates.load(AutoConfiguration.class, classLoader)) {
			if (name.startsWith(OnSessionStoreCondition.class.getPackageName())) {
				MergedAnnotation<ConditionalOnSessionStore> annotation = classes.getMetadataReader(name)
					.getAnnotationMetadata()
					.getAnnotations()
					.get(ConditionalOnSessionStore.class);
				if (annotation.isPresent() && store(annotation) == store) {
					return annotation;
				}
			}
		}
		return MergedAnnotation.of(ConditionalOnSessionStore.class, Map.of("value", store));
	}

}
