package io.sessionkit.spring.slice;

record Item(String sku, int quantity) {

}
