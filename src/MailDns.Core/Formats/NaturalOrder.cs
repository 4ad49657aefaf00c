namespace MailDns.Formats;

/// <summary>Natural order as Python's natsort has it: runs of text and runs of digits in turn, the digits as numbers.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        string left = x ?? string.Empty;
        string right = y ?? string.Empty;
        int i = 0;
        int j = 0;
        while (i < left.Length || j < right.Length)
        {
            int order = string.CompareOrdinal(Take(left, ref i, digits: false), Take(right, ref j, digits: false));
            order = order != 0 ? order : CompareNumbers(Take(left, ref i, digits: true), Take(right, ref j, digits: true));
            if (order != 0) return order;
        }

        return 0;
    }

    private static string Take(string text, ref int position, bool digits)
    {
        int start = position;
        while (position < text.Length && text[position] is >= '0' and <= '9' == digits)
            position++;

        return text.Substring(start, position - start);
    }

    private static int CompareNumbers(string left, string right)
    {
        string x = left.TrimStart('0');
        string y = right.TrimStart('0');
        int order = (left.Length > 0).CompareTo(right.Length > 0);
        order = order != 0 ? order : x.Length.CompareTo(y.Length);
        return order != 0 ? order : Math.Sign(string.CompareOrdinal(x, y));
    }
}
