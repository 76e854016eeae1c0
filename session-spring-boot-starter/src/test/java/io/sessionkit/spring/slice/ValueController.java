package io.sessionkit.spring.slice;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says what its parameters are bound to.
 */
@RestController
class ValueController {

	@GetMapping("/by-parameter-name")
	String byParameterName(@SessionValue String userId) {
		return userId;
	}

	@GetMapping("/by-value")
	String byValue(@SessionValue("userId") String other) {
		return other;
	}

	@GetMapping("/by-name")
	String byName(@SessionValue(name = "userId") String other) {
		return other;
	}

	@GetMapping("/by-placeholder")
	String byPlaceholder(@SessionValue("${names.user}") String other) {
		return other;
	}

	@GetMapping("/nullable")
	String nullable(@SessionValue @Nullable String userId) {
		return String.valueOf(userId);
	}

	@GetMapping("/optional")
	String optional(@SessionValue Optional<String> userId) {
		return userId.toString();
	}

	@GetMapping("/not-required")
	String notRequired(@SessionValue(required = false) String userId) {
		return String.valueOf(userId);
	}

	@GetMapping("/required-optional")
	String requiredOptional(@SessionValue(required = true) Optional<Item> item) {
		return item.toString();
	}

	@GetMapping("/defaults")
	String defaults(@SessionValue(defaultValue = "7") int count, @SessionValue(defaultValue = "PT5M") Duration pause,
			@SessionValue(defaultValue = "DARK") Theme theme, @SessionValue(defaultValue = "${names.user}") String name,
			@SessionValue(defaultValue = "") String empty) {
		return count + " " + pause + " " + theme + " " + name + " <" + empty + ">";
	}

	@GetMapping("/primitives")
	String primitives(@SessionValue int anInt, @SessionValue long aLong, @SessionValue double aDouble,
			@SessionValue boolean aBoolean) {
		return anInt + " " + aLong + " " + aDouble + " " + aBoolean;
	}

	@GetMapping("/optional-boolean")
	String optionalBoolean(@SessionValue(required = false) boolean accepted) {
		return String.valueOf(accepted);
	}

	@GetMapping("/optional-int")
	String optionalInt(@SessionValue(required = false) int count) {
		return String.valueOf(count);
	}

	@GetMapping("/bad-default")
	String badDefault(@SessionValue(defaultValue = "many") int count) {
		return String.valueOf(count);
	}

	@GetMapping("/scalars")
	String scalars(@SessionValue Duration pause, @SessionValue Theme theme) {
		return pause + " " + theme;
	}

	@GetMapping("/record")
	String record(@SessionValue Item item) {
		return item.toString();
	}

	@GetMapping("/list")
	String list(@SessionValue List<Item> items) {
		return items.stream().map(Item::sku).toList().toString();
	}

	@GetMapping("/map")
	String map(@SessionValue Map<String, Item> bySku) {
		return bySku.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + entry.getValue().quantity())
			.toList()
			.toString();
	}

	@GetMapping("/optional-list")
	String optionalList(@SessionValue Optional<List<Item>> items) {
		return items.map((list) -> list.stream().map(Item::sku).toList()).toString();
	}

	@GetMapping("/optional-record")
	String optionalRecord(@SessionValue Optional<Item> item) {
		return item.map(Item::sku).toString();
	}

	@GetMapping("/array")
	String array(@SessionValue Item[] items) {
		return List.of(items).toString();
	}

}
