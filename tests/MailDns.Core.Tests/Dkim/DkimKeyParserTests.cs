using System;
using System.Linq;
using System.Text;
using CsCheck;
using MailDns.Core.Tests.Catalogue;
using MailDns.Dkim;
using Xunit;

namespace MailDns.Core.Tests.Dkim;

public class DkimKeyParserTests
{
    private const string Key = TestKeys.Rsa2048;

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=" + Key)]
    [InlineData("v=DKIM1;k=rsa;p=" + Key + ";")]
    [InlineData("p=" + Key)]
    [InlineData(" v = DKIM1 ; p = " + Key + " ; ")]
    [InlineData("v=DKIM1;\tp=" + Key)]
    [InlineData("v=DKIM1;\r\n p=" + Key)]
    [InlineData("v=DKIM1; p=")]
    [InlineData("v=DKIM1; p=;")]
    [InlineData("v=DKIM1; h=sha256 : sha1; s=email : * ; t=y : s ; n=a=3Bb; x_1=anything; p=" + Key)]
    [InlineData("v=DKIM1; h=x-new; k=x-new; s=tlsrpt; t=new; p=" + Key)]
    [InlineData("v=DKIM1; n=; p=" + Key)]
    [InlineData("v=DKIM1; g=*; p=" + Key)]
    public void Accepts(string text) => DkimKeyParser.Parse(text);

    [Theory]
    [InlineData("v=DKIM1; k=rsa", 14, 0, "There is no p= tag, and it is required.")]
    [InlineData("v=DKIM1; P=AAAA", 15, 0, "There is no p= tag, and it is required; the name P= is in the wrong case.")]
    [InlineData("v=DKIM1;; p=", 8, 0, "There is nothing between two semicolons.")]
    [InlineData("v=DKIM1; rsa; p=", 9, 3, "\"rsa\" is not a tag=value.")]
    [InlineData("v=DKIM1; 1x=a; p=", 9, 4, "\"1x\" is not a name of a tag (a letter, then letters, digits and \"_\").")]
    [InlineData("v=DKIM1; =a; p=", 9, 2, "\"\" is not a name of a tag (a letter, then letters, digits and \"_\").")]
    [InlineData("v=DKIM1; p=; p=", 13, 2, "The tag p= is given more than once, which makes the whole record invalid.")]
    [InlineData("v=DKIM1; x=1; x=1; p=", 14, 3, "The tag x= is given more than once, which makes the whole record invalid.")]
    [InlineData("v=dkim1; p=", 2, 5, "The version is \"dkim1\" and has to be DKIM1 exactly; verifiers must discard the record.")]
    [InlineData("v=DKIM2; p=", 2, 5, "The version is \"DKIM2\" and has to be DKIM1 exactly; verifiers must discard the record.")]
    [InlineData("k=rsa; v=DKIM1; p=", 7, 7, "The version v= is not the first tag.")]
    [InlineData("v=DKIM1; n=caf\u00e9; p=", 14, 1, "The value of n= contains the character \"\\233\", which is not printable ASCII.")]
    [InlineData("v=DKIM1; n=a\rb; p=", 12, 1, "The value of n= contains the character \"\\013\", which is not printable ASCII.")]
    [InlineData("v=DKIM1; h=; p=", 11, 0, "The list h= has an empty item.")]
    [InlineData("v=DKIM1; t=y:; p=", 11, 2, "The list t= has an empty item.")]
    [InlineData("v=DKIM1; t=*; p=", 11, 1, "The item \"*\" of t= is not a name.")]
    [InlineData("v=DKIM1; k=rsa!; p=", 11, 4, "The value \"rsa!\" of k= is not a name.")]
    [InlineData("v=DKIM1; p=AA*A", 13, 1, "The key data p= is not base64: the character \"*\" is not a base64 character.")]
    [InlineData("v=DKIM1; p=AA=A", 14, 1, "The key data p= is not base64: text follows the padding \"=\".")]
    [InlineData("v=DKIM1; p=AAA", 14, 0, "The key data p= is not base64: the padding \"=\" at the end is missing or too long, or the text is cut off.")]
    [InlineData("v=DKIM1; p=AAAAA", 16, 0, "The key data p= is not base64: its length is that of no base64 text: something is missing or too much.")]
    public void Refuses_with_the_place(string text, int offset, int length, string message)
    {
        var exception = Assert.Throws<RecordParseException>(() => DkimKeyParser.Parse(text));
        Assert.Equal(message, exception.Message);
        Assert.Equal((offset, length), (exception.Offset, exception.Length));
        Assert.Equal(text, exception.Text);
        Assert.StartsWith("RFC 6376 section 3.", exception.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_every_tag()
    {
        DkimKeyRecord record = DkimKeyParser.Parse("v=DKIM1; h=sha1:sha256; k=rsa; n=a=3Bb; s=email:*; t=y:s; q=1; p=" + Key);
        Assert.Equal("DKIM1", record.Version);
        Assert.Equal(new[] { "sha1", "sha256" }, record.HashAlgorithms);
        Assert.Equal("rsa", record.KeyType);
        Assert.Equal("a;b", record.Note);
        Assert.Equal(new[] { "email", "*" }, record.ServiceTypes);
        Assert.True(record.IsTesting);
        Assert.True(record.IsStrict);
        Assert.False(record.IsRevoked);
        Assert.Equal(2048, record.Key!.Bits);
        Assert.Equal("q", Assert.Single(record.Extensions).Key);
    }

    [Fact]
    public void Defaults_are_those_of_the_standard()
    {
        DkimKeyRecord record = DkimKeyParser.Parse("p=" + Key);
        Assert.Null(record.Version);
        Assert.Equal("rsa", record.KeyType);
        Assert.Null(record.HashAlgorithms);
        Assert.Null(record.ServiceTypes);
        Assert.Empty(record.Flags);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData("\r\n ")]
    public void White_space_inside_the_key_is_left_out(string space)
    {
        DkimKeyRecord record = DkimKeyParser.Parse("v=DKIM1; p=" + Key.Insert(100, space).Insert(40, space));
        Assert.Equal(TestKeys.Rsa2048Fingerprint, record.Key!.Fingerprint);
    }

    [Fact]
    public void A_lenient_reading_lists_every_fault_in_order()
    {
        DkimKeyReading reading = DkimKeyParser.Read("k=rsa; v=DKIM2;; junk; k=rsa; p=***");
        Assert.Equal(
            new[] { "DKIM-VERSION-NOT-FIRST", "DKIM-VERSION", "DKIM-SYNTAX", "DKIM-SYNTAX", "DKIM-TAG-DUPLICATE", "DKIM-P-BASE64" },
            reading.Faults.Select(fault => fault.Check.Id));
        Assert.True(reading.Faults.Zip(reading.Faults.Skip(1)).All(pair => pair.First.Offset <= pair.Second.Offset));
    }

    [Fact]
    public void The_first_of_two_equal_tags_is_kept() =>
        Assert.Equal("rsa", DkimKeyParser.Read("v=DKIM1; k=rsa; k=ed25519; p=").Record.KeyType);

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen<string> name = OneOf("email", "x-a", "tlsrpt", "a1");
        Gen<DkimKeyRecord> records =
            from version in OneOf("DKIM1", null!)
            from type in OneOf("rsa", "ed25519", "x-other", null!)
            from services in name.Array[1, 3].Select(items => items.Distinct().ToArray())
            from withServices in Gen.Bool
            from flags in OneOf("y", "s", "x").Array[0, 3].Select(items => items.Distinct().ToArray())
            from note in Gen.Char[' ', '\u017f'].Array[1, 20].Select(chars => new string(chars))
            from withNote in Gen.Bool
            from data in OneOf(string.Empty, Key, TestKeys.Ed25519Raw)
            select new DkimKeyRecord
            {
                Version = version,
                KeyTypeTag = type,
                ServiceTypes = withServices ? services : null,
                Flags = flags,
                NoteTag = withNote ? QuotedPrintable.Encode(note) : null,
                KeyData = data,
            };
        records.Sample(record =>
        {
            DkimKeyRecord again = DkimKeyParser.Parse(record.ToString());
            Assert.Equal(record.ToString(), again.ToString());
            Assert.Equal(record.Note, again.Note);
        });
    }

    [Fact]
    public void Notes_survive_their_encoding() =>
        Gen.Char['\u0001', '\u07ff'].Array[0, 40].Select(chars => new string(chars)).Sample(note =>
        {
            string encoded = QuotedPrintable.Encode(note);
            Assert.DoesNotContain(';', encoded);
            Assert.True(QuotedPrintable.TryDecode(encoded, out string decoded, out _));
            Assert.Equal(note, decoded);
        });

    [Fact]
    public void Any_text_is_read_without_an_exception()
    {
        const string alphabet = "vhknpstgVP=;:*. \t\r\n\"\\AZaz09+/-_\u0000\u001b\u00e9\u20ac";
        string[] pieces = { "v=DKIM1", "; ", "k=rsa", "p=", Key, "h=sha256", "-----BEGIN PRIVATE KEY-----", "t=y:s" };
        var random = new Random(8463);
        for (int i = 0; i < 30_000; i++)
        {
            var text = new StringBuilder();
            for (int n = random.Next(12); n > 0; n--)
                text.Append(random.Next(2) == 0 ? pieces[random.Next(pieces.Length)] : alphabet[random.Next(alphabet.Length)].ToString());

            string value = text.ToString();
            DkimKeyReading reading = DkimKeyParser.Read(value);
            Assert.All(reading.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 0, value.Length));
            DkimRepair.TryRepair(reading);
            DkimTextRules.Apply(reading, Seen.In(new Diagnostics.CheckSheet("contoso.com")), toRecord: null);
        }
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
