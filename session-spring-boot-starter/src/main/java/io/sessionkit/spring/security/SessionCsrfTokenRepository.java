package io.sessionkit.spring.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.Session;
import io.sessionkit.LibraryAttributes;
import io.sessionkit.spring.web.CurrentSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.DeferredCsrfToken;

/**
 * Keeps the CSRF token in the session, as its attribute {@value #NAME}, until the session
 * gets a new id. A token is made when somebody asks for it, also a template that is half
 * written: what a template writes is held back until then, see
 * {@link CurrentSession#holdBack}.
 */
public final class SessionCsrfTokenRepository implements CsrfTokenRepository {

	/** The name of the attribute, see {@link LibraryAttributes}. */
	public static final String NAME = "security.csrf";

	private static final String PARAMETER = "_csrf";

	private static final String HEADER = "X-CSRF-TOKEN";

	private static final int TOKEN_BYTES = 16;

	private static final Logger logger = LoggerFactory.getLogger(SessionCsrfTokenRepository.class);

	private final SecureRandom random = new SecureRandom();

	private final AtomicBoolean warned = new AtomicBoolean();

	/** Creates the repository. */
	public SessionCsrfTokenRepository() {
	}

	@Override
	public CsrfToken generateToken(HttpServletRequest request) {
		byte[] bytes = new byte[TOKEN_BYTES];
		this.random.nextBytes(bytes);
		return token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	private static CsrfToken token(String value) {
		return new DefaultCsrfToken(HEADER, PARAMETER, value);
	}

	@Override
	public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		LibraryAttributes attributes = LibraryAttributes.of(CurrentSession.of(request));
		if (token != null) {
			attributes.setUntilNewId(NAME, token.getToken());
		}
		else {
			attributes.remove(NAME);
		}
	}

	@Override
	public @Nullable CsrfToken loadToken(HttpServletRequest request) {
		Session session = CurrentSession.find(request);
		String value = (session != null) ? LibraryAttributes.of(session).get(NAME, String.class) : null;
		return (value != null) ? token(value) : null;
	}

	@Override
	public DeferredCsrfToken loadDeferredToken(HttpServletRequest request, HttpServletResponse response) {
		CurrentSession.holdBack(request);
		return new StoredToken(request, response);
	}

	/**
	 * Where the session can't be changed any more the page is worth more than its form.
	 * @return whether it is saved
	 */
	private boolean saveIfPossible(CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		try {
			saveToken(token, request, response);
			return true;
		}
		catch (IllegalStateException ex) {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("A CSRF token was asked for when the session could not be changed any more, so the form "
						+ "with it will be rejected; call getToken() of the CsrfToken in the controller. (Said once.) "
						+ "{}", ex.getMessage());
			}
			return false;
		}
	}

	/**
	 * Loaded, or made and saved, at the first question, and again where the session got a
	 * new id since then.
	 */
	private final class StoredToken implements DeferredCsrfToken {

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		private @Nullable CsrfToken token;

		private boolean generated;

		private boolean unsaved;

		private StoredToken(HttpServletRequest request, HttpServletResponse response) {
			this.request = request;
			this.response = response;
		}

		@Override
		public CsrfToken get() {
			CsrfToken present = this.unsaved ? this.token : loadToken(this.request);
			if (present == null) {
				this.generated = this.generated || this.token == null;
				present = generateToken(this.request);
				this.unsaved = !saveIfPossible(present, this.request, this.response);
			}
			this.token = present;
			return present;
		}

		@Override
		public boolean isGenerated() {
			get();
			return this.generated;
		}

	}

}
