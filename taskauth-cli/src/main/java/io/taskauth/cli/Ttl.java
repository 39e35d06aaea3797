package io.taskauth.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How long a token lives.
 *
 * @param days empty for no end
 */
record Ttl(Optional<Integer> days) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})([dwy])");
  private static final int MOST_DAYS = 3650;

  static final class Converter implements ITypeConverter<Ttl> {
    @Override
    public Ttl convert(String text) {
      if (text.equals("never")) {
        return new Ttl(Optional.empty());
      }
      Matcher form = FORM.matcher(text);
      if (form.matches()) {
        int unit =
            switch (form.group(2)) {
              case "w" -> 7;
              case "y" -> 365;
              default -> 1;
            };
        int days = Integer.parseInt(form.group(1)) * unit;
        if (days <= MOST_DAYS) {
          return new Ttl(Optional.of(days));
        }
      }
      throw new TypeConversionException(
          "must be days (30d), weeks (12w), years (1y), 3650 days at most, or never");
    }
  }
}
