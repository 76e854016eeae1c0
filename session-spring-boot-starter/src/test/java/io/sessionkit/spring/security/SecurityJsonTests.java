package io.sessionkit.spring.security;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sessionkit.spring.app.CapturedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;

import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What becomes of authentications in JSON, and what is never made of JSON.
 */
class SecurityJsonTests {

	private final SecurityJson json = json();

	@Test
	void whatIsWrittenIsReadAgain() {
		for (Authentication authentication : List.of(authentication("ada"),
				new RememberMeAuthenticationToken("key", user(), AuthorityUtils.createAuthorityList("ROLE_A", "B")))) {
			Authentication read = read(this.json, write(this.json, authentication));
			assertThat(read).isEqualTo(authentication);
			assertThat(read.getAuthorities()).isEqualTo(authentication.getAuthorities());
		}
	}

	@Test
	void anObjectThatOccursTwiceIsWrittenOnce() {
		Authentication authentication = UsernamePasswordAuthenticationToken.authenticated(user(), null,
				user().getAuthorities());
		String written = write(this.json, authentication).toString();
		assertThat(written).containsOnlyOnce("ROLE_A").contains("{\"@same\":1}", "~core.userdetails.User");
		assertThat(read(this.json, write(this.json, authentication)).getAuthorities()).hasToString("[ROLE_A, ROLE_B]");
	}

	@Test
	void anOidcLoginWithAnIdTokenOf900BytesFitsIntoACookie() {
		Map<String, Object> claims = new LinkedHashMap<>(Map.of("sub", "110169484474386276334", "iss",
				"https://accounts.example.com", "email", "a@example.com"));
		OidcIdToken token = new OidcIdToken("x".repeat(900), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), claims);
		List<GrantedAuthority> authorities = new ArrayList<>(AuthorityUtils.createAuthorityList("SCOPE_openid"));
		authorities.add(new OidcUserAuthority(token, new OidcUserInfo(claims)));
		Authentication login = new OAuth2AuthenticationToken(new DefaultOidcUser(authorities, token), authorities,
				"example");
		JsonNode written = write(this.json, login);
		assertThat(written.toString().length()).isLessThanOrEqualTo(2000);
		assertThat(read(this.json, written)).isEqualTo(login);
	}

	@Test
	void aNameThatLooksLikeOurShortFormIsKept() {
		for (String name : List.of("~core", "@same", "{\"@same\":0}", "@class")) {
			assertThat(read(this.json, write(this.json, authentication(name))).getName()).isEqualTo(name);
		}
	}

	@Test
	void aClassThatNobodyAllowsIsRefusedAtTheLoginWithTheRemedy() {
		assertThatIllegalStateException().isThrownBy(() -> write(this.json, authentication(new ShopUser("ada"))))
			.withMessageContainingAll(ShopUser.class.getName(), "is not allowed", "SecurityJsonCustomizer")
			.withMessageNotContaining("ada")
			.withNoCause();
	}

	@Test
	void aClassThatIsAllowedIsKept() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(ShopUser.class));
		assertThat(read(customized, write(customized, authentication(new ShopUser("ada")))).getPrincipal())
			.isEqualTo(new ShopUser("ada"));
	}

	@Test
	void whatNoLongerReadsIsAbsentWithOneWarningWithoutContent() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(ShopUser.class));
		JsonNode stored = write(customized, authentication(new ShopUser("ada")));
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(read(this.json, stored)).isNull();
			assertThat(read(this.json, stored)).isNull();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains(UsernamePasswordAuthenticationToken.class.getName() + " cannot be read", "log in again")
				.doesNotContain("ada");
		}
	}

	@Test
	void theWarningSaysWhichTypeItWasWhateverItIsReadAs() {
		for (String stored : List.of("{\"@class\":\"~no.such.Type\"}", "[\"~no.such.Type\",[]]")) {
			try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
				assertThat(json().read(JsonMapper.shared().readTree(stored), Object.class)).isNull();
				assertThat(log.messages(Level.WARN)).singleElement()
					.asString()
					.startsWith("A stored org.springframework.security.no.such.Type cannot be read");
			}
		}
	}

	@Test
	void theWarningShowsOfAClassNamedInTheJsonNoMoreThanAClassNameNeeds() {
		String type = "a\r\n2026-11-28 INFO forged" + "x".repeat(3000);
		JsonNode stored = JsonMapper.shared().createObjectNode().put("@class", type);
		try (CapturedLog log = CapturedLog.ofSessionKit(Level.WARN)) {
			assertThat(read(this.json, stored)).isNull();
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("a??2026?11?28?INFO?forgedxxx")
				.hasSizeLessThan(500)
				.doesNotContain("\n", "\r");
		}
	}

	@Test
	void aSubclassOfSpringsUserComesBackAsItselfWithItsFields() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(Customer.class));
		for (String password : Arrays.asList("{noop}x", null)) {
			Customer ada = new Customer(7, "ada", "{noop}x", AuthorityUtils.createAuthorityList("ROLE_A"));
			if (password == null) {
				ada.eraseCredentials(); // as after a login
			}
			Object read = read(customized, write(customized, authentication(ada))).getPrincipal();
			assertThat(read).isEqualTo(ada).isInstanceOfSatisfying(Customer.class, (customer) -> {
				assertThat(customer.getId()).isEqualTo(7);
				assertThat(customer.getPassword()).isEqualTo(password);
				assertThat(customer.getAuthorities()).hasToString("[ROLE_A]");
			});
		}
	}

	@Test
	void aSubclassOfSpringsUserMayHaveItsOwnWayToBeRead() {
		for (Class<? extends User> type : List.of(Annotated.class, MixedIn.class)) {
			SecurityJson customized = json((json, types) -> {
				types.allowIfSubType(type);
				json.addMixIn(MixedIn.class, Annotations.class);
			});
			User ada = (type == Annotated.class) ? new Annotated(7L, "ada", null) : new MixedIn(7L, "ada");
			ada.eraseCredentials();
			assertThat(read(customized, write(customized, authentication(ada))).getPrincipal()).hasSameClassAs(ada)
				.hasFieldOrPropertyWithValue("id", 7L);
		}
	}

	@Test
	void aSubclassOfATokenIsNeverReadAsThatToken() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(CardToken.class));
		CardToken card = new CardToken("ada", null, AuthorityUtils.createAuthorityList("ROLE_A"), "4711");
		assertThatIllegalStateException().isThrownBy(() -> write(customized, card))
			.withMessageContainingAll("cannot be stored in the session", "@JsonCreator")
			.withMessageNotContaining("4711");
	}

	static Stream<Object> notReadable() {
		return Stream.of(new Hidden(7, "ada"), new Forgetful("ada"));
	}

	@ParameterizedTest
	@MethodSource("notReadable")
	void whatWouldLoseSomethingIsRefusedAtTheLoginWithTheRemedy(Object principal) {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(principal.getClass()));
		assertThatIllegalStateException().isThrownBy(() -> write(customized, authentication(principal)))
			.withMessageContainingAll("cannot be stored in the session", "constructor", "@JsonCreator",
					"@JsonDeserialize")
			.withMessageNotContaining("ada")
			.withNoCause();
	}

	@Test
	void theErrorNamesThePropertyThatWouldBeLost() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(Forgetful.class));
		assertThatIllegalStateException().isThrownBy(() -> write(customized, authentication(new Forgetful("ada"))))
			.withMessageContaining("'name' of " + Forgetful.class.getName() + " is lost");
	}

	static Stream<Object> collections() {
		Item tea = new Item("tea");
		Item cup = new Item("cup");
		List<Item> both = List.of(tea, cup);
		List<Item> withNull = Arrays.asList(tea, null);
		return Stream.of(List.of(), List.of(tea), List.of(tea, cup, tea), both.subList(0, 1), List.copyOf(both),
				Arrays.asList(tea, null), both.stream().toList(), withNull.stream().toList(), Collections.emptyList(),
				Collections.singletonList(tea), Collections.nCopies(2, tea), Collections.unmodifiableList(withNull),
				Collections.unmodifiableList(new LinkedList<>(both)),
				Collections.synchronizedList(new ArrayList<>(both)), new ArrayList<>(both).subList(1, 2),
				new LinkedList<>(both), new CopyOnWriteArrayList<>(both),
				both.stream().collect(Collectors.toUnmodifiableList()), Set.of(), Set.of(tea), Set.of("a", "b", "c"),
				Set.copyOf(both), Collections.emptySet(), Collections.singleton(tea),
				Collections.unmodifiableSet(new HashSet<>(both)), new LinkedHashSet<>(both), new TreeSet<>(Set.of("a")),
				Collections.unmodifiableSortedSet(new TreeSet<>(Set.of("a", "b"))), Map.of("k", tea).keySet(), Map.of(),
				Map.of("k", tea), Map.of("k", tea, "l", cup), Map.ofEntries(Map.entry("k", tea)),
				Map.copyOf(new HashMap<>(Map.of("k", tea))), Collections.emptyMap(), Collections.singletonMap("k", tea),
				Collections.unmodifiableMap(new HashMap<>(Map.of("k", tea))), new ConcurrentHashMap<>(Map.of("k", tea)),
				Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("k", tea))));
	}

	@ParameterizedTest
	@MethodSource("collections")
	void theUsualCollectionsOfTheJdkComeBackEqual(Object collection) {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(Basket.class).allowIfSubType(Item.class));
		Basket basket = new Basket((collection instanceof List<?> list) ? list : null,
				(collection instanceof Set<?> set) ? set : null, (collection instanceof Map<?, ?> map) ? map : null,
				collection);
		JsonNode written = write(customized, authentication(basket));
		assertThat(read(customized, written).getPrincipal()).isEqualTo(basket);
		assertThat(written.toString()).doesNotContain("Immutable", "SubList", "Arrays$");
	}

	@Test
	void declaredElementsComeBackToo() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(Declared.class));
		Declared declared = new Declared(List.of(1L, 2L), Set.of(new Item("tea")), Map.of("k", List.of(Instant.EPOCH)));
		assertThat(read(customized, write(customized, authentication(declared))).getPrincipal()).isEqualTo(declared);
	}

	@Test
	void aCollectionThatIsSortedByAComparatorIsRefusedSinceItWouldHaveOtherElements() {
		TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.add("Admin");
		SecurityJson customized = json((json, types) -> types.allowIfSubType(Basket.class));
		for (Set<String> sorted : List.of(names, Collections.unmodifiableSortedSet(names))) {
			assertThatIllegalStateException()
				.isThrownBy(() -> write(customized, authentication(new Basket(null, sorted, null, "x"))))
				.withMessageContaining("a set is sorted by a comparator");
		}
	}

	@Test
	void aSetOfObjectsWithAbsentFieldsIsNotTakenForALoss() {
		SecurityJson customized = json(
				(json, types) -> types.allowIfSubType(Basket.class).allowIfSubType(WithoutEquals.class));
		for (int i = 0; i < 50; i++) {
			Set<WithoutEquals> three = new HashSet<>(
					List.of(new WithoutEquals(null, "a"), new WithoutEquals("x", "a"), new WithoutEquals("y", "a")));
			assertThat(write(customized, authentication(new Basket(null, three, null, "x")))).isNotNull();
		}
	}

	@Test
	void aDeserializerOfTheApplicationsOwnIsInherited() {
		SecurityJson customized = json((json, types) -> types.allowIfSubType(Sub.class));
		Sub read = (Sub) read(customized, write(customized, authentication(new Sub("ada")))).getPrincipal();
		assertThat(read.getName()).isEqualTo("ada");
	}

	@Test
	void aSubclassOfAnAllowedCollectionIsNotAllowed() {
		JsonNode stored = write(json((json, types) -> types.allowIfSubType(Basket.class)),
				authentication(new Basket(null, null, new ConcurrentHashMap<>(Map.of("k", "v")), "x")));
		String hostile = stored.toString().replace(ConcurrentHashMap.class.getName(), EvilMap.class.getName());
		assertThat(hostile).contains("EvilMap");
		SecurityJson customized = json((json, types) -> types.allowIfSubType(Basket.class));
		assertThat(read(customized, JsonMapper.shared().readTree(hostile))).isNull();
		assertThat(EvilMap.made).isZero();
	}

	@Test
	void nothingIsMadeOfHostileJson() {
		JsonMapper mapper = JsonMapper.shared();
		for (String hostile : List.of("{}", "[]", "null", "1", "{\"@same\":0}", "{\"@same\":-1}",
				"{\"@class\":\"java.lang.ProcessBuilder\"}", "{\"@class\":\"~no.such.Type\"}",
				"{\"@class\":\"~core.userdetails.User\",\"username\":{\"@same\":0}}",
				"{\"@class\":\"~authentication.UsernamePasswordAuthenticationToken\",\"details\":[\"java.io.File\",\"/\"]}")) {
			assertThat(read(this.json, mapper.readTree(hostile))).as(hostile).isNull();
		}
	}

	private static SecurityJson json(SecurityJsonCustomizer... customizers) {
		return new SecurityJson(SecurityJsonTests.class.getClassLoader(), List.of(customizers));
	}

	private static User user() {
		return (User) User.withUsername("ada").password("{noop}x").authorities("ROLE_A", "ROLE_B").build();
	}

	private static Authentication authentication(Object principal) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated(principal, null,
				AuthorityUtils.createAuthorityList("ROLE_A"));
		return token;
	}

	private static JsonNode write(SecurityJson json, Authentication authentication) {
		return json.write(authentication, Authentication.class, "The authentication");
	}

	private static Authentication read(SecurityJson json, JsonNode stored) {
		return json.read(stored, Authentication.class);
	}

	record ShopUser(String name) {

		static final Instant UNUSED = Instant.EPOCH;

	}

	/** Like one that has neither {@code equals} nor an order. */
	static final class WithoutEquals {

		@JsonProperty
		private final @Nullable String first;

		@JsonProperty
		private final String second;

		@JsonCreator
		WithoutEquals(@JsonProperty("first") @Nullable String first, @JsonProperty("second") String second) {
			this.first = first;
			this.second = second;
		}

	}

	@JsonDeserialize(using = BaseReader.class)
	abstract static class Base {

		private final String name;

		Base(String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

	}

	static final class Sub extends Base {

		Sub(String name) {
			super(name);
		}

	}

	static final class BaseReader extends ValueDeserializer<Base> {

		@Override
		public Base deserialize(JsonParser parser, DeserializationContext context) {
			return new Sub(context.readTree(parser).path("name").asString());
		}

		@Override
		public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types) {
			return deserialize(parser, context);
		}

	}

	@SuppressWarnings("serial")
	public static final class EvilMap extends ConcurrentHashMap<String, String> {

		static int made;

		public EvilMap() {
			made++;
		}

	}

	record Item(String name) {
	}

	record Basket(@Nullable List<?> list, @Nullable Set<?> set, @Nullable Map<?, ?> map, Object any) {
	}

	record Declared(List<Long> numbers, Set<Item> items, Map<String, List<Instant>> times) {
	}

	/** As most applications write it. */
	static final class Customer extends User {

		private static final long serialVersionUID = 1L;

		private final long id;

		public Customer(long id, String username, String password, Collection<? extends GrantedAuthority> authorities) {
			super(username, password, authorities);
			this.id = id;
		}

		long getId() {
			return this.id;
		}

	}

	@JsonDeserialize
	static final class Annotated extends User {

		private static final long serialVersionUID = 1L;

		private final Long id;

		@JsonCreator
		Annotated(@JsonProperty("id") Long id, @JsonProperty("username") String name,
				@JsonProperty("password") @Nullable String password) {
			super(name, (password != null) ? password : "", List.of());
			this.id = id;
		}

		Long getId() {
			return this.id;
		}

	}

	static final class MixedIn extends User {

		private static final long serialVersionUID = 1L;

		private final Long id;

		MixedIn(Long id, String name) {
			super(name, "", List.of());
			this.id = id;
		}

		Long getId() {
			return this.id;
		}

	}

	@JsonDeserialize
	abstract static class Annotations {

		@JsonCreator
		Annotations(@JsonProperty("id") Long id, @JsonProperty("username") String name) {
		}

	}

	static final class CardToken extends UsernamePasswordAuthenticationToken {

		private static final long serialVersionUID = 1L;

		private final String card;

		public CardToken(Object principal, @Nullable Object credentials,
				Collection<? extends GrantedAuthority> authorities, String card) {
			super(principal, credentials, authorities);
			this.card = card;
		}

		public String getCard() {
			return this.card;
		}

	}

	/** Nobody can say which constructor makes it. */
	static final class Hidden extends User {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused") // by the test
		private final long id;

		Hidden(long id, String name) {
			super(name, "", List.of());
			this.id = id;
		}

	}

	/** Has a name that no constructor takes. */
	static final class Forgetful {

		private final String who;

		public Forgetful() {
			this("nobody");
		}

		private Forgetful(String who) {
			this.who = who;
		}

		public String getName() {
			return this.who;
		}

	}

}
