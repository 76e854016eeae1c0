package io.sessionkit;

import java.util.ArrayList;
import java.util.List;

/** A class as applications keep it in a session. */
class Cart {

	private List<Item> items = new ArrayList<>();

	private String note = "";

	public List<Item> getItems() {
		return this.items;
	}

	public void setItems(List<Item> items) {
		this.items = items;
	}

	public String getNote() {
		return this.note;
	}

	public void setNote(String note) {
		this.note = note;
	}

	Cart with(String sku, int quantity) {
		this.items.add(new Item(sku, quantity));
		return this;
	}

	record Item(String sku, int quantity) {
	}

}
