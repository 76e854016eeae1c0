package com.example.trips;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a visitor writes into the guest book. */
class Entry {

	@NotBlank(message = "Tell us your name")
	private String name = "";

	@Size(max = 20, message = "At most 20 characters")
	private String message = "";

	@Max(value = 5, message = "At most 5 stars")
	private @Nullable Integer stars;

	public String getName() {
		return this.name;
	}

	public void setName(String name) {
		this.name = name;
	}

	public String getMessage() {
		return this.message;
	}

	public void setMessage(String message) {
		this.message = message;
	}

	public @Nullable Integer getStars() {
		return this.stars;
	}

	public void setStars(@Nullable Integer stars) {
		this.stars = stars;
	}

}
