package io.sessionkit.spring.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;

/**
 * The classes that attributes of {@code HttpSession} may have: classes of the
 * application's own packages, and those that the properties allow.
 *
 * @param names the names of single classes
 * @param packages the names of packages, each with a dot at the end
 * @param isUnnamed whether the application is in the unnamed package
 */
record AllowedTypes(Set<String> names, List<String> packages, boolean isUnnamed) implements Predicate<String> {

	static final String PROPERTY = "sessionkit.http-session.allowed-types";

	private static final String ALL = ".*";

	private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\w\\p{L}$]*(\\.[\\p{L}_$][\\w\\p{L}$]*)*");

	static AllowedTypes of(SessionKitProperties.HttpSession properties, BeanFactory beanFactory) {
		Set<String> names = new HashSet<>();
		List<String> packages = new ArrayList<>();
		boolean unnamed = false;
		if (AutoConfigurationPackages.has(beanFactory)) {
			for (String each : AutoConfigurationPackages.get(beanFactory)) {
				unnamed |= each.isEmpty();
				if (!each.isEmpty()) {
					packages.add(each + ".");
				}
			}
		}
		for (String each : properties.allowedTypes()) {
			String name = each.strip();
			boolean isPackage = name.endsWith(ALL);
			if (!NAME.matcher(isPackage ? name.substring(0, name.length() - ALL.length()) : name).matches()) {
				throw new SessionKitConfigurationException(PROPERTY,
						"'" + name + "' is neither the name of a class nor that of a package",
						"Use a class such as com.example.Money, a nested one such as com.example.Order$Line, or a "
								+ "package with everything below it, such as com.example.shop.*");
			}
			if (isPackage) {
				packages.add(name.substring(0, name.length() - 1));
			}
			else {
				names.add(name);
			}
		}
		return new AllowedTypes(Set.copyOf(names), List.copyOf(packages), unnamed);
	}

	@Override
	public boolean test(String name) {
		return this.names.contains(name) || (this.isUnnamed && name.indexOf('.') < 0)
				|| this.packages.stream().anyMatch(name::startsWith);
	}

}
