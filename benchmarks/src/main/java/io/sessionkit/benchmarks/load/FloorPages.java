package io.sessionkit.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pages without a session library: the same JSON, by one call of the store. Nothing
 * is signed, merged, checked for expiry or renewed.
 */
@RestController
class FloorPages {

	private static final String COOKIE = "floor";

	private static final TypeReference<LinkedHashMap<String, Object>> VALUES = new TypeReference<>() {
	};

	private final JsonMapper json = JsonMapper.shared();

	private final FloorStore store;

	private final Fat fat;

	FloorPages(FloorStore store, Fat fat) {
		this.store = store;
		this.fat = fat;
	}

	@GetMapping("/read")
	String read(@CookieValue(COOKIE) String id) {
		return String.valueOf(values(id).get(Payload.USER));
	}

	@PostMapping("/write")
	ResponseEntity<String> write(@CookieValue(COOKIE) String id) {
		Map<String, Object> values = values(id);
		int count = (values.get(Payload.COUNT) instanceof Integer present) ? present + 1 : 1;
		values.put(Payload.COUNT, count);
		return answer(id, values, count);
	}

	@PostMapping("/fat")
	ResponseEntity<String> fat(@CookieValue(COOKIE) String id) {
		Map<String, Object> values = values(id);
		int count = (values.get(Payload.COUNT) instanceof Integer present) ? present + 1 : 1;
		values.put(Payload.COUNT, count);
		values.put(Payload.FAT, this.fat.text(count));
		return answer(id, values, count);
	}

	private ResponseEntity<String> answer(String id, Map<String, Object> values, int count) {
		return answer(this.store.write(id, this.json.writeValueAsBytes(values)), Integer.toString(count));
	}

	@PostMapping("/login")
	ResponseEntity<String> login() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(Payload.USER, Payload.NAME);
		values.put(Payload.COUNT, 0);
		values.put(Payload.CART, Payload.LINES);
		return answer(this.store.create(this.json.writeValueAsBytes(values)), "ok");
	}

	private Map<String, Object> values(String id) {
		return this.json.readValue(Objects.requireNonNull(this.store.read(id), "no session"), VALUES);
	}

	private static ResponseEntity<String> answer(@Nullable String cookie, String body) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		if (cookie != null) {
			answer.header(HttpHeaders.SET_COOKIE,
					ResponseCookie.from(COOKIE, cookie).path("/").httpOnly(true).build().toString());
		}
		return answer.body(body);
	}

}
