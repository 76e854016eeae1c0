package io.sessionkit.sample;

import java.math.BigDecimal;

/**
 * A product. Its picture is {@code /art/<sku>.svg}.
 */
record Product(String sku, String name, String note, BigDecimal price) {

}
