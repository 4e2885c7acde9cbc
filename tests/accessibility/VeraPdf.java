import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Each file by veraPDF's rules of PDF/UA-1: a line with its number of checks, and one for each clause that it breaks. */
public class VeraPdf {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : names) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(name), PDFAFlavour.PDFUA_1)) {
                var result = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false).validate(parser);
                System.out.println("checks\t" + name + "\t" + result.getTotalAssertions());
                Map<String, String> faults = new TreeMap<>();
                for (TestAssertion one : result.getTestAssertions()) {
                    if (one.getStatus() == TestAssertion.Status.FAILED) {
                        String clause = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                        faults.putIfAbsent(clause, one.getMessage() + " @ " + one.getLocation().getContext());
                    }
                }
                faults.forEach((clause, told) -> System.out.println("fault\t" + name + "\t" + clause + " " + told));
            }
        }
    }
}
