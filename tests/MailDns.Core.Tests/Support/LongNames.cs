using System.Text;

namespace MailDns.Core.Tests.Support;

/// <summary>Names of any length that DNS allows.</summary>
public static class LongNames
{
    /// <summary>A name below example.com with that many characters in all, of labels of at most 50.</summary>
    public static string Of(int length)
    {
        const string end = "example.com";
        var name = new StringBuilder();
        while (name.Length + end.Length < length)
        {
            int left = length - end.Length - name.Length - 1;
            int label = left <= 50 ? left : left - 1 >= 50 ? 50 : left - 2;
            name.Append('a', label == left - 1 ? label - 1 : label).Append('.');
        }

        return name.Append(end).ToString();
    }
}
