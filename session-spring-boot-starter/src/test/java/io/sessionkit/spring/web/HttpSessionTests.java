package io.sessionkit.spring.web;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.sessionkit.Session;
import io.sessionkit.SessionAttributes;
import io.sessionkit.SessionIdStorageStrategy;
import io.sessionkit.SessionKey;
import io.sessionkit.SessionRecord;
import io.sessionkit.SessionStorage;
import io.sessionkit.UpdateOutcome;
import io.sessionkit.cookie.CookieFormat;
import io.sessionkit.cookie.SessionCookie;
import io.sessionkit.storage.memory.MemoryStorageStrategy;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * {@code HttpSession} as the Servlet specification and its users know it, on our session.
 */
class HttpSessionTests {

	private static final String SECRET = "a secret of at least thirty-two bytes";

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	private final CountedStrategy store = new CountedStrategy();

	private @Nullable Cookie cookie;

	private UnsupportedAttributes unsupported = UnsupportedAttributes.REFUSE;

	private boolean isInCookie;

	private boolean isShared;

	@BeforeEach
	void forget() {
		Told.TOLD.clear();
	}

	private SessionFilter filter() {
		SessionCookie cookie = this.isShared
				? SessionCookie.builder("__session").format(CookieFormat.REACT_ROUTER).signedWith(SECRET).build()
				: SessionCookie.builder("__session").encryptedWith(SECRET).build();
		SessionStorage.Builder builder = this.isInCookie ? SessionStorage.builder(cookie)
				: SessionStorage.builder(cookie, this.store);
		SessionStorage storage = builder
			.attributeTypes((name) -> name.startsWith(HttpSessionTests.class.getPackageName() + "."))
			.build();
		return new SessionFilter(storage, new HttpSessions(HttpSessionMode.ENABLED, this.unsupported, List::of,
				() -> List.of(new Listener("first"), new Listener("second"))));
	}

	private MockHttpServletResponse send(Handler handler) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		if (this.cookie != null) {
			request.setCookies(this.cookie);
		}
		MockHttpServletResponse response = new MockHttpServletResponse();
		try {
			filter().doFilter(request, response, (passed, answered) -> {
				try {
					handler.handle((HttpServletRequest) passed, (HttpServletResponse) answered);
				}
				catch (RuntimeException | IOException ex) {
					throw ex;
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
		}
		catch (ServletException | IOException ex) {
			throw new IllegalStateException(ex);
		}
		String sent = response.getHeader("Set-Cookie");
		if (sent != null) {
			String value = sent.substring(sent.indexOf('=') + 1, sent.indexOf(';'));
			this.cookie = value.isEmpty() ? null : new Cookie("__session", value);
		}
		return response;
	}

	@FunctionalInterface
	private interface Handler {

		void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;

	}

	private void set(String name, @Nullable Object value) {
		send((request, response) -> request.getSession().setAttribute(name, value));
	}

	private @Nullable Object get(String name) {
		List<Object> got = new ArrayList<>();
		send((request, response) -> {
			HttpSession session = request.getSession(false);
			got.add((session != null) ? session.getAttribute(name) : null);
		});
		return got.get(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void attributesComeBackAsWhatTheyWere(boolean inCookie) {
		this.isInCookie = inCookie;
		set("count", 3);
		set("day", LocalDate.of(2026, 1, 2));
		set("cart", new ArrayList<>(List.of(new Line("tea", 2))));
		assertThat(get("count")).isEqualTo(3);
		assertThat(get("day")).isEqualTo(LocalDate.of(2026, 1, 2));
		assertThat(get("cart")).isEqualTo(List.of(new Line("tea", 2))).isInstanceOf(ArrayList.class);
		set("count", null);
		assertThat(get("count")).isNull();
	}

	@Test
	void toObtainASessionIsNotToStoreIt() {
		MockHttpServletResponse response = send((request, answer) -> {
			assertThat(request.getSession(false)).isNull();
			assertThat(request.getSession().isNew()).isTrue();
			assertThat(request.getSession(false)).isSameAs(request.getSession());
		});
		assertThat(response.getHeaders("Set-Cookie")).isEmpty();
		assertThat(this.store.calls).isZero();
		assertThat(this.told).isEmpty();
	}

	@Test
	void aSessionThatIsNotAskedForCostsNothingAndOneThatIsOneRead() {
		set("a", "x");
		this.store.calls = 0;
		send((request, response) -> {
		});
		assertThat(this.store.calls).isZero();
		send((request, response) -> {
			request.getSession(false);
			request.getSession().getAttribute("a");
		});
		assertThat(this.store.calls).isEqualTo(1);
	}

	@Test
	void sessionAndHttpSessionSeeOneContent() {
		send((request, response) -> {
			CurrentSession.of(request).set("user", "ada");
			assertThat(request.getSession(false).getAttribute("user")).isEqualTo("ada");
			request.getSession().setAttribute("line", new Line("tea", 1));
			assertThat(CurrentSession.of(request).get("line", Line.class)).isEqualTo(new Line("tea", 1));
			assertThat(Collections.list(request.getSession().getAttributeNames())).containsExactlyInAnyOrder("user",
					"line");
		});
	}

	@Test
	void aChangeInPlaceIsSaved() {
		set("cart", new ArrayList<>(List.of(new Line("tea", 2))));
		send((request, response) -> {
			@SuppressWarnings("unchecked")
			List<Line> lines = (List<Line>) request.getSession().getAttribute("cart");
			lines.add(new Line("cup", 1));
		});
		assertThat(get("cart")).isEqualTo(List.of(new Line("tea", 2), new Line("cup", 1)));
	}

	@Test
	void theIdIsAHandleThatStaysAndOpensNothing() {
		List<String> ids = new ArrayList<>();
		send((request, response) -> {
			request.getSession().setAttribute("a", "x");
			ids.add(request.getSession().getId());
		});
		send((request, response) -> {
			ids.add(request.getSession().getId());
			assertThat(request.getRequestedSessionId()).isEqualTo(ids.get(0));
			assertThat(request.isRequestedSessionIdValid()).isTrue();
			assertThat(request.isRequestedSessionIdFromCookie()).isTrue();
			ids.add(request.changeSessionId());
			ids.add(request.getSession().getId());
		});
		assertThat(ids.get(1)).isEqualTo(ids.get(0));
		assertThat(ids.get(2)).isEqualTo(ids.get(3)).isNotEqualTo(ids.get(0));
		assertThat(get("a")).isEqualTo("x");
		this.cookie = new Cookie("__session", ids.get(2));
		assertThat(get("a")).isNull();
	}

	@Test
	void anInvalidatedSessionIsGoneAndAnotherMayBeginInTheSameRequest() {
		set("a", "x");
		Cookie before = this.cookie;
		send((request, response) -> {
			HttpSession session = request.getSession();
			session.invalidate();
			assertThat(request.getSession(false)).isNull();
			assertThatIllegalStateException().isThrownBy(() -> session.getAttribute("a"));
			assertThatIllegalStateException().isThrownBy(session::invalidate);
			request.getSession().setAttribute("b", "y");
		});
		assertThat(get("a")).isNull();
		assertThat(get("b")).isEqualTo("y");
		this.cookie = before;
		assertThat(get("a")).isNull();
	}

	@Test
	void aDestroyedSessionIsInvalid() {
		set("a", "x");
		send((request, response) -> {
			HttpSession session = request.getSession();
			CurrentSession.of(request).destroy();
			assertThatIllegalStateException().isThrownBy(() -> session.getAttribute("a"));
			assertThat(request.getSession(false)).isNull();
		});
		assertThat(this.cookie).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsChangedBehindARedirectIsKept(boolean inCookie) {
		this.isInCookie = inCookie;
		MockHttpServletResponse response = send((request, answer) -> {
			answer.sendRedirect("/there");
			assertThat(answer.isCommitted()).isTrue();
			request.getSession().setAttribute("late", "yes");
		});
		assertThat(response.getRedirectedUrl()).isEqualTo("/there");
		assertThat(get("late")).isEqualTo("yes");
	}

	@Test
	void afterTheResponseHasLeftASessionInAStoreCanStillBeChanged() {
		set("a", "x");
		send((request, response) -> {
			request.getSession().setAttribute("a", "early");
			response.flushBuffer();
			request.getSession().setAttribute("a", "late");
			assertThat(request.getSession().getAttribute("a")).isEqualTo("late");
			request.getSession().removeAttribute("none");
		});
		assertThat(get("a")).isEqualTo("late");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void toSetWhatIsThereAlreadyIsNoChangeAlsoAfterTheResponseHasLeft(boolean inCookie) {
		this.isInCookie = inCookie;
		set("line", new Line("tea", 2));
		this.told.clear();
		this.store.calls = 0;
		send((request, response) -> {
			request.getSession().setAttribute("count", 3);
			request.getSession().setAttribute("jakarta.line", new Line("cup", 1));
			response.flushBuffer();
			this.told.clear();
			request.getSession().setAttribute("line", new Line("tea", 2));
			request.getSession().setAttribute("line", request.getSession().getAttribute("line"));
			request.getSession().setAttribute("count", 3);
			request.getSession().setAttribute("jakarta.line", new Line("cup", 1));
			request.getSession().removeAttribute("none");
		});
		assertThat(this.told).isEmpty();
		assertThat(this.store.calls).isEqualTo(inCookie ? 0 : 2);
		assertThat(get("count")).isEqualTo(3);
	}

	@Test
	void whatIsChangedInACookieAfterTheResponseHasLeftIsRefusedWithTheRemedy() {
		this.isInCookie = true;
		set("a", "x");
		send((request, response) -> {
			response.flushBuffer();
			HttpSession session = request.getSession();
			assertThatIllegalStateException().isThrownBy(() -> session.setAttribute("a", "y"))
				.withMessageContainingAll("'a' cannot be changed any more", "before the body", "sessionkit.storage");
			assertThatIllegalStateException().isThrownBy(() -> session.removeAttribute("a"))
				.withMessageContaining("'a' cannot be changed any more");
		});
		assertThat(this.told).doesNotContain("first replaced a=x", "first removed a=x");
		assertThat(get("a")).isEqualTo("x");
	}

	@Test
	void afterTheResponseHasLeftNoSessionBegins() {
		send((request, response) -> {
			response.flushBuffer();
			assertThat(request.getSession(false)).isNull();
			assertThatIllegalStateException().isThrownBy(request::getSession);
		});
	}

	@Test
	void anAccessorReachesTheSessionAfterTheRequest() {
		set("a", "x");
		List<HttpSession.Accessor> accessors = new ArrayList<>();
		send((request, response) -> accessors.add(request.getSession().getAccessor()));
		accessors.get(0).access((session) -> session.setAttribute("a", session.getAttribute("a") + "y"));
		assertThat(get("a")).isEqualTo("xy");
	}

	@Test
	void aClassThatIsNotAllowedIsNamedWithTheLineToAdd() {
		send((request, response) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> request.getSession().setAttribute("session", Session.create()))
			.withMessageContaining("sessionkit.http-session.allowed-types=io.sessionkit.Session"));
		this.unsupported = UnsupportedAttributes.REQUEST;
		send((request, response) -> {
			Session value = Session.create();
			request.getSession().setAttribute("session", value);
			assertThat(request.getSession().getAttribute("session")).isSameAs(value);
		});
		assertThat(get("session")).isNull();
	}

	@Test
	void inASessionThatIsSharedWithReactRouterAttributesArePlainJson() {
		this.isInCookie = true;
		this.isShared = true;
		set("count", 3);
		set("cart", List.of(Map.of("name", "tea", "price", new BigDecimal("1.5"))));
		assertThat(get("count")).isEqualTo(3L);
		assertThat(get("cart")).isEqualTo(List.of(Map.of("name", "tea", "price", new BigDecimal("1.5"))));
		set("count", null);
		assertThat(get("count")).isNull();
		send((request, response) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> request.getSession().setAttribute("line", new Line("tea", 2)))
			.withMessageContainingAll("'line'", Line.class.getName(), "shared with React Router", "knows no classes"));
		this.unsupported = UnsupportedAttributes.REQUEST;
		set("line", new Line("tea", 2));
		assertThat(get("line")).isNull();
	}

	@Test
	void listenersAreToldInTheirOrderAndOfTheEndInTheReverse() {
		send((request, response) -> {
			request.getSession().setAttribute("a", "x");
			request.getSession().setAttribute("a", "y");
			request.getSession().removeAttribute("a");
			request.getSession().setAttribute("b", "z");
		});
		send((request, response) -> request.changeSessionId());
		send((request, response) -> request.getSession().invalidate());
		this.told.replaceAll((told) -> told.replaceFirst(" id .*", " id"));
		assertThat(this.told).containsExactly("first created", "second created", "first added a=x", "second added a=x",
				"first replaced a=x", "second replaced a=x", "first removed a=y", "second removed a=y",
				"first added b=z", "second added b=z", "first id", "second id", "second destroyed z",
				"first destroyed z", "first removed b=z", "second removed b=z");
	}

	@Test
	void aSessionThatSessionBeginsIsToldToo() {
		send((request, response) -> CurrentSession.of(request).set("a", "x"));
		assertThat(this.told).startsWith("first created", "second created");
		send((request, response) -> CurrentSession.of(request).destroy());
		assertThat(this.told).contains("first destroyed null");
	}

	/** A login by {@link Session}, and everything else that gives another id. */
	@Test
	void aNewIdIsToldWhoeverGivesIt() {
		set("a", "x");
		List<String> ids = new ArrayList<>();
		send((request, response) -> {
			Session session = CurrentSession.of(request);
			for (Runnable change : List.<Runnable>of(session::regenerateId, request::changeSessionId,
					() -> session.regenerateId(false))) {
				ids.add(session.handle());
				this.told.clear();
				change.run();
				String told = ids.get(ids.size() - 1) + " -> " + session.handle();
				assertThat(this.told).containsExactly("first id " + told, "second id " + told);
			}
		});
		this.told.clear();
		send((request, response) -> CurrentSession.of(request).subject("ada"));
		assertThat(this.told).hasSize(2).allMatch((told) -> told.contains(" id "));
		assertThat(ids).doesNotHaveDuplicates();
	}

	@Test
	void aSessionThatHasNotBegunHasNoIdThatChanges() {
		send((request, response) -> {
			CurrentSession.of(request).regenerateId();
			CurrentSession.of(request).set("a", "x");
			CurrentSession.of(request).subject("ada");
		});
		assertThat(toldTo("first")).containsExactly("created", "added a=x");
		this.cookie = null;
		send((request, response) -> {
			CurrentSession.of(request).set("a", "x");
			CurrentSession.of(request).regenerateId();
		});
		assertThat(toldTo("first")).hasSize(3).last().asString().as("one of which was told").startsWith("id ");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatSessionDoesWithValuesIsToldAsOfAttributes(boolean inCookie) {
		this.isInCookie = inCookie;
		SessionKey<Line> line = SessionKey.of("line", Line.class);
		send((request, response) -> CurrentSession.of(request).set("a", "x"));
		assertThat(toldTo("first")).containsExactly("created", "added a=x");
		send((request, response) -> {
			Session session = CurrentSession.of(request);
			session.set("a", "y");
			session.set(line, new Line("tea", 1));
			session.update(line, new Line("", 0), (old) -> new Line(old.name(), old.count() + 1));
			session.unset(line);
			session.unset(line);
			session.unset("a");
			session.set("a", null);
			session.flash("f", "z");
			session.get("f");
			session.set("SPRING_SECURITY_CONTEXT", "ada");
			session.set("b", "z");
		});
		assertThat(toldTo("first")).containsExactly("replaced a=x", "added line={name=tea, count=1}",
				"replaced line={name=tea, count=1}", "removed line={name=tea, count=2}", "removed a=y", "added b=z");
		send((request, response) -> {
			CurrentSession.of(request).clear();
			CurrentSession.of(request).set("c", "kept");
		});
		assertThat(toldTo("first")).containsExactly("removed b=z", "added c=kept");
		send((request, response) -> SessionAttributes.of(CurrentSession.of(request)).set("c", new Line("tea", 3)));
		assertThat(toldTo("first")).containsExactly("replaced c=kept");
		send((request, response) -> SessionAttributes.of(CurrentSession.of(request)).remove("c"));
		assertThat(toldTo("first")).containsExactly("removed c=Line[name=tea, count=3]");
	}

	private List<String> toldTo(String name) {
		List<String> heard = this.told.stream()
			.filter((told) -> told.startsWith(name))
			.map((told) -> told.substring(name.length() + 1))
			.toList();
		this.told.clear();
		return heard;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aClearOfSessionLeavesNoAttribute(boolean isRead) {
		send((request, response) -> {
			request.getSession().setAttribute("org.springframework.Thing", new ArrayList<>(List.of("x")));
			request.getSession().setAttribute("a", "x");
		});
		send((request, response) -> {
			if (isRead) {
				assertThat(request.getSession().getAttribute("org.springframework.Thing")).isEqualTo(List.of("x"));
			}
			CurrentSession.of(request).clear();
			assertThat(Collections.list(request.getSession().getAttributeNames())).isEmpty();
			assertThat(request.getSession().getAttribute("org.springframework.Thing")).isNull();
			CurrentSession.of(request).set("b", "y");
		});
		assertThat(get("org.springframework.Thing")).isNull();
		assertThat(get("b")).isEqualTo("y");
	}

	@Test
	void aValueHearsThatSessionTakesItsPlace() {
		set("told", new Told("1"));
		send((request, response) -> CurrentSession.of(request).set("told", "x"));
		set("told", new Told("2"));
		send((request, response) -> CurrentSession.of(request).unset("told"));
		set("told", new Told("3"));
		send((request, response) -> CurrentSession.of(request).clear());
		assertThat(Told.TOLD).containsExactly("bound 1", "unbound 1", "bound 2", "unbound 2", "bound 3", "unbound 3");
	}

	@Test
	void aValueHearsThatItIsBoundAndUnbound() {
		set("told", new Told("1"));
		set("told", new Told("2"));
		send((request, response) -> request.getSession().invalidate());
		assertThat(Told.TOLD).containsExactly("bound 1", "bound 2", "unbound 1", "unbound 2");
	}

	record Line(String name, int count) {
	}

	record Told(String name) implements HttpSessionBindingListener {

		private static final List<String> TOLD = new ArrayList<>();

		@Override
		public void valueBound(HttpSessionBindingEvent event) {
			TOLD.add("bound " + this.name);
		}

		@Override
		public void valueUnbound(HttpSessionBindingEvent event) {
			TOLD.add("unbound " + this.name);
		}

	}

	private final class Listener implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {

		private final String name;

		Listener(String name) {
			this.name = name;
		}

		private void tell(String what) {
			HttpSessionTests.this.told.add(this.name + " " + what);
		}

		@Override
		public void sessionCreated(HttpSessionEvent event) {
			tell("created");
		}

		@Override
		public void sessionDestroyed(HttpSessionEvent event) {
			tell("destroyed " + event.getSession().getAttribute("b"));
		}

		@Override
		public void sessionIdChanged(HttpSessionEvent event, String former) {
			tell("id " + former + " -> " + event.getSession().getId());
		}

		@Override
		public void attributeAdded(HttpSessionBindingEvent event) {
			tell("added " + event.getName() + "=" + event.getValue());
		}

		@Override
		public void attributeRemoved(HttpSessionBindingEvent event) {
			tell("removed " + event.getName() + "=" + event.getValue());
		}

		@Override
		public void attributeReplaced(HttpSessionBindingEvent event) {
			tell("replaced " + event.getName() + "=" + event.getValue());
		}

	}

	/** Counts what it is asked. */
	private static final class CountedStrategy implements SessionIdStorageStrategy {

		private final MemoryStorageStrategy memory = new MemoryStorageStrategy();

		private int calls;

		@Override
		public boolean createData(String key, SessionRecord record) {
			this.calls++;
			return this.memory.createData(key, record);
		}

		@Override
		public @Nullable SessionRecord readData(String key) {
			this.calls++;
			return this.memory.readData(key);
		}

		@Override
		public UpdateOutcome updateData(String key, SessionRecord record) {
			this.calls++;
			return this.memory.updateData(key, record);
		}

		@Override
		public void deleteData(String key) {
			this.calls++;
			this.memory.deleteData(key);
		}

	}

}
