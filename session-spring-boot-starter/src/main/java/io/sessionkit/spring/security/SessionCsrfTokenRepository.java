package io.sessionkit.spring.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
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
 * Keeps the CSRF token in the session, under the name {@value #NAME}. A token is made
 * when somebody asks for it, also a template that is half written: what a template writes
 * is held back until then, see {@link CurrentSession#holdBack}.
 */
public final class SessionCsrfTokenRepository implements CsrfTokenRepository {

	/** The name of the value in the session. */
	public static final String NAME = "security.csrf";

	private static final SessionKey<String> KEY = SessionKey.of(NAME, String.class);

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
		Session session = CurrentSession.of(request);
		if (token != null) {
			session.set(KEY, token.getToken());
		}
		else {
			session.unset(KEY);
		}
	}

	@Override
	public @Nullable CsrfToken loadToken(HttpServletRequest request) {
		String value = CurrentSession.of(request).get(KEY);
		return (value != null) ? token(value) : null;
	}

	@Override
	public DeferredCsrfToken loadDeferredToken(HttpServletRequest request, HttpServletResponse response) {
		CurrentSession.holdBack(request);
		return new StoredToken(request, response);
	}

	/**
	 * Where the session can't be changed any more the page is worth more than its form.
	 */
	private void saveIfPossible(CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		try {
			saveToken(token, request, response);
		}
		catch (IllegalStateException ex) {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("A CSRF token was asked for when the session could not be changed any more, so the form "
						+ "with it will be rejected; call getToken() of the CsrfToken in the controller. (Said once.) "
						+ "{}", ex.getMessage());
			}
		}
	}

	/** Loaded, or made and saved, at the first question. */
	private final class StoredToken implements DeferredCsrfToken {

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		private @Nullable CsrfToken token;

		private boolean generated;

		private StoredToken(HttpServletRequest request, HttpServletResponse response) {
			this.request = request;
			this.response = response;
		}

		@Override
		public CsrfToken get() {
			if (this.token == null) {
				CsrfToken present = loadToken(this.request);
				this.generated = (present == null);
				if (present == null) {
					present = generateToken(this.request);
					saveIfPossible(present, this.request, this.response);
				}
				this.token = present;
			}
			return this.token;
		}

		@Override
		public boolean isGenerated() {
			get();
			return this.generated;
		}

	}

}
