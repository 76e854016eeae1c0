package io.sessionkit.spring.slice;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that is changed in place.
 */
final class Cart {

	private List<Item> items = new ArrayList<>();

	public List<Item> getItems() {
		return this.items;
	}

	public void setItems(List<Item> items) {
		this.items = items;
	}

}
